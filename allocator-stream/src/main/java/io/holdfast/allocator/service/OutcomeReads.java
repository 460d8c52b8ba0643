package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.Answer;
import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of the past. A refusal, or that all was as wished, has no event whose being
 * committed could be waited for. Such an answer is shown if an event came after it, if its record
 * was read from the committed log, or if it is so old that its transaction must have ended.
 */
final class OutcomeReads {
  /** Longer than the brokers leave a transaction open. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(90);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final AllocatorApi api;
  private final Tail tail;
  private final long outcomeKeepMs;
  private final Duration limit;

  OutcomeReads(AllocatorApi api, Tail tail, long outcomeKeepMs, Duration limit) {
    this.api = api;
    this.tail = tail;
    this.outcomeKeepMs = outcomeKeepMs;
    this.limit = limit;
  }

  private record Look(@Nullable Outcome outcome, boolean settled) {}

  /**
   * The committed answer, if one is remembered.
   *
   * @param readySince from when on the network's partition was worked on here; all that was in its
   *     stores then was committed, epoch milliseconds
   */
  Optional<Outcome> read(String network, String commandId, long readySince)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      // Before the look, so that nothing comes unseen between the two.
      CompletableFuture<Answer> coming = tail.expect(network, commandId);
      try {
        Look look = api.read(network, view -> look(view, commandId, readySince));
        if (look.outcome() == null || look.settled()) {
          return Optional.ofNullable(look.outcome());
        }
        Optional<Outcome> committed = tail.recent(network, commandId);
        if (committed.isPresent()) {
          return committed;
        }
        if (System.nanoTime() > deadline) {
          throw new UnavailableException(
              "the answer to command "
                  + commandId
                  + " was not committed within "
                  + limit.toSeconds()
                  + " s");
        }
        pause(coming);
      } finally {
        tail.forget(network, commandId, coming);
      }
    }
  }

  private static void pause(CompletableFuture<Answer> coming) throws InterruptedException {
    try {
      var _ = coming.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Looking again tells what happened.
    }
  }

  private Look look(View view, String commandId, long readySince) {
    Remembered answer = view.state().outcomes().get(commandId);
    // The network's time, as nearly as can be told here.
    long now = Math.max(System.currentTimeMillis(), view.head().time());
    if (answer == null || answer.until() <= now) {
      return new Look(null, true);
    }
    long sequence =
        switch (answer.outcome()) {
          case Outcome.Accepted a -> a.changed() ? 0 : a.sequence();
          case Outcome.Rejected r -> r.sequence();
        };
    boolean settled = sequence < view.head().sequence() || isOld(answer, readySince, now);
    return new Look(answer.outcome(), settled);
  }

  /** When an answer was given follows from how long it counts. */
  private boolean isOld(Remembered answer, long readySince, long now) {
    long given = answer.until() - outcomeKeepMs;
    return given < readySince || given < now - LONGEST_TRANSACTION.toMillis();
  }
}
