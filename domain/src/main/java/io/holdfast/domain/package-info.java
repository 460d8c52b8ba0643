/**
 * The rules of Holdfast: which commands are accepted, which events follow, what those events make
 * of the state.
 *
 * <p>Pure Java. Nothing below this package may touch Kafka, files, sockets, clocks, randomness or
 * loggers: ids and times come in as data, so that the same log folds into the same state everywhere
 * and for ever.
 */
@NullMarked
package io.holdfast.domain;

import org.jspecify.annotations.NullMarked;
