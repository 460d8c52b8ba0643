/** Tests of what is read from the service. */
@NullMarked
package io.holdfast.agent.service;

import org.jspecify.annotations.NullMarked;
