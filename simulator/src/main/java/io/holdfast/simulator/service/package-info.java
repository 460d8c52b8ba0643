/** The service: a log, the domain, and answers to queries. */
@NullMarked
package io.holdfast.simulator.service;

import org.jspecify.annotations.NullMarked;
