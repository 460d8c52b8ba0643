package io.holdfast.projector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.Place;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Ids;
import io.holdfast.projector.support.Play;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event deleted, edited, swapped or doubled: the check names it. */
class FoldingTest {
  private static final int EVENTS = 3_000;
  private static final Codec CODEC = Ids.codec();
  private static final Book BOOK =
      new Play(11, new Book(CODEC, "net"), "10.0.0.0/24", 1_500).until(EVENTS).book();

  private static Folding fold(List<byte[]> records) {
    EntryReader reader = new EntryReader(CODEC);
    Folding folding = new Folding("net", true);
    long offset = 0;
    for (byte[] record : records) {
      Place place = new Place(Contract.EVENTS, 0, offset++);
      folding.take(reader.read(place, "net".getBytes(StandardCharsets.UTF_8), record));
    }
    folding.end();
    return folding;
  }

  private static Fault fault(List<byte[]> records) {
    return Objects.requireNonNull(fold(records).fault(), "nothing was found");
  }

  @Test
  void anUntouchedLogIsInOrderAndEndsInTheStateThatWasDecidedOn() {
    Play play = new Play(12, new Book(CODEC, "net"), "10.0.0.0/24", 1_500).until(EVENTS);
    Folding folding = fold(play.book().events());

    assertThat(folding.fault()).isNull();
    assertThat(folding.sequence()).isEqualTo(play.head().sequence());
    assertThat(folding.digest()).isEqualTo(play.head().digest());
    assertThat(folding.hash()).isEqualTo(play.book().last());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aDeletedEventIsNamed(long seed) {
    int at = new Random(seed).nextInt(EVENTS - 1);
    List<byte[]> log = new ArrayList<>(BOOK.events());
    log.remove(at);

    Fault fault = fault(log);

    assertThat(fault.sequence()).isEqualTo(at + 1);
    assertThat(fault.kind()).isEqualTo(Fault.Kind.SEQUENCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anEditedActorIsNamed(long seed) {
    int at = new Random(seed).nextInt(BOOK.events().size() - 1);
    List<byte[]> log = new ArrayList<>(BOOK.events());
    log.set(at, edited(at));

    Fault fault = fault(log);

    assertThat(fault.sequence()).isEqualTo(at + 1);
    assertThat(fault.kind()).isEqualTo(Fault.Kind.HASH);
  }

  /** Its content is untouched: only the hash can show it. */
  private static byte[] edited(int at) {
    Message<EventMeta, ?> was = BOOK.messages().get(at);
    EventMeta m = was.meta();
    EventMeta other =
        new EventMeta(
            m.network(),
            m.sequence(),
            m.time(),
            m.previousHash(),
            m.digest(),
            "somebody-else",
            m.reason(),
            m.causeKind(),
            m.cause());
    return CODEC.encode(Contract.EVENTS, new Message<>(other, was.body()));
  }

  @Test
  void anEditedOwnerIsNamedByTheDigest() {
    for (int at = 0; at < EVENTS; at++) {
      if (BOOK.messages().get(at).body() instanceof Event.EipAllocated a && at > 500) {
        List<byte[]> log = new ArrayList<>(BOOK.events());
        Event other =
            new Event.EipAllocated(
                a.ip(),
                a.tenure(),
                a.pool(),
                new io.holdfast.domain.model.Owner("thief", "Pod", "", "x", ""),
                null,
                a.choice(),
                a.leaseMs(),
                a.leaseUntil(),
                a.tags());
        log.set(
            at,
            CODEC.encode(Contract.EVENTS, new Message<>(BOOK.messages().get(at).meta(), other)));

        Fault fault = fault(log);

        assertThat(fault.sequence()).isEqualTo(at + 1);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.DIGEST);
        return;
      }
    }
    throw new AssertionError("the play allocates nothing");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void swappedEventsAreNamed(long seed) {
    int at = new Random(seed).nextInt(EVENTS - 1);
    List<byte[]> log = new ArrayList<>(BOOK.events());
    byte[] first = log.set(at, log.get(at + 1));
    log.set(at + 1, first);

    Fault fault = fault(log);

    assertThat(fault.sequence()).isEqualTo(at + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aDoubledEventIsNamed(long seed) {
    int at = new Random(seed).nextInt(EVENTS);
    List<byte[]> log = new ArrayList<>(BOOK.events());
    log.add(at, log.get(at));

    Fault fault = fault(log);

    assertThat(fault.sequence()).isEqualTo(at + 1);
    assertThat(fault.place()).isEqualTo(new Place(Contract.EVENTS, 0, at + 1));
  }
}
