package io.holdfast.allocator.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;

/** Committed events and outcomes, handed over in portions. */
final class RecordedLog implements EventLog {
  static final RecordedLog EMPTY = new RecordedLog(List.of(), List.of());

  private final int portion;
  private final List<Entry> events;
  private final List<Entry> outcomes;
  private boolean settled = true;
  private long commandsEnd = Long.MAX_VALUE;

  /** Two at a time. */
  RecordedLog(List<TestRecord<byte[], byte[]>> events, List<TestRecord<byte[], byte[]>> outcomes) {
    this(events, outcomes, 2);
  }

  RecordedLog(
      List<TestRecord<byte[], byte[]>> events,
      List<TestRecord<byte[], byte[]>> outcomes,
      int portion) {
    this.portion = portion;
    this.events = new ArrayList<>(entries(events));
    this.outcomes = new ArrayList<>(entries(outcomes));
  }

  private static List<Entry> entries(List<TestRecord<byte[], byte[]>> records) {
    List<Entry> entries = new ArrayList<>();
    for (TestRecord<byte[], byte[]> r : records) {
      Optional<CommandPlace> place = Headers.place(r.headers());
      entries.add(
          new Entry(entries.size(), r.getRecordTime().toEpochMilli(), r.key(), r.value(), place));
    }
    return entries;
  }

  /** To be changed by a test. */
  List<Entry> events() {
    return events;
  }

  List<Entry> outcomes() {
    return outcomes;
  }

  @Override
  public boolean isSettled(int partition) {
    return settled;
  }

  /** Whether a transaction of before is still open. */
  void settled(boolean isSettled) {
    settled = isSettled;
  }

  @Override
  public long commandsEnd(int partition) {
    return commandsEnd;
  }

  /** Where the commands topic ends. */
  void endCommandsAt(long end) {
    commandsEnd = end;
  }

  @Override
  public Optional<Entry> lastEvent(int partition) {
    return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
  }

  @Override
  public Optional<Entry> lastOutcome(int partition) {
    return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.getLast());
  }

  @Override
  public Portions events(int partition, long since) {
    return new InPortions(events.stream().dropWhile(e -> e.timestamp() < since).toList(), portion);
  }

  @Override
  public Portions outcomes(int partition, long since) {
    return new InPortions(
        outcomes.stream().dropWhile(e -> e.timestamp() < since).toList(), portion);
  }

  private static final class InPortions implements Portions {
    private final List<Entry> entries;
    private final int portion;
    private int at;

    InPortions(List<Entry> entries, int portion) {
      this.entries = entries;
      this.portion = portion;
    }

    @Override
    public List<Entry> next() {
      int from = at;
      at += Math.min(entries.size() - at, portion);
      return entries.subList(from, at);
    }

    @Override
    public void close() {}
  }
}
