/**
 * What people read: tables, times, problems. Turns the service's JSON into text and nothing else.
 */
@NullMarked
package io.holdfast.cli.out;

import org.jspecify.annotations.NullMarked;
