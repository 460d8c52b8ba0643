package io.holdfast.domain.decide;

import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.Overlay;
import java.util.List;

/**
 * What follows from a command, a report or a timer. Nothing has been changed yet: {@code changes}
 * is applied to the state once the events are on their way to the log.
 *
 * @param answer to whoever asked
 * @param events in order
 * @param head of the log after them
 * @param changes of the state
 */
public record Decision<T>(T answer, List<Recorded> events, Head head, Overlay changes) {}
