package io.holdfast.projector.replay;

import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.LogScan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the record is whole: sequence, chain, invariants, digests; and whether the live stores
 * and the audit database say the same.
 */
public final class Verifier {
  private final LogScan log;
  private final Map<String, HeadAt> live;
  private final Optional<DatabaseSnapshot> database;

  /**
   * @param live how far each network is in the live stores, asked just before; empty: they are not
   *     compared
   * @param database opened just before; empty: it is not compared. The caller closes it
   */
  public Verifier(LogScan log, Map<String, HeadAt> live, Optional<DatabaseSnapshot> database) {
    this.log = log;
    this.live = live;
    this.database = database;
  }

  /**
   * What was found of one network.
   *
   * @param fault the first thing that is wrong; null if nothing is
   * @param liveAt the event at which the live stores were compared; 0 if they were not
   * @param databaseAt the same for the database
   */
  public record Verdict(
      String network,
      long events,
      String digest,
      String hash,
      long liveAt,
      long databaseAt,
      @Nullable Fault fault) {}

  /**
   * @param network empty: all networks of the log
   */
  public List<Verdict> run(Optional<String> network, LogScan.Progress progress)
      throws SQLException {
    Map<String, Check> checks = new TreeMap<>();
    log.events(
        network,
        progress,
        entry -> {
          checks.computeIfAbsent(entry.network(), this::begin).take(entry);
          return true;
        });
    List<Verdict> verdicts = new ArrayList<>();
    for (Check check : checks.values()) {
      verdicts.add(check.end());
    }
    return verdicts;
  }

  private Check begin(String network) {
    return new Check(
        new Folding(network, true),
        live.get(network),
        database.map(d -> d.of(network)).orElse(null));
  }

  /** One network's. */
  private static final class Check {
    private final Folding folding;
    private final @Nullable HeadAt live;
    private final @Nullable DatabaseCheck database;
    private @Nullable Fault elsewhere;
    private boolean compared;

    Check(Folding folding, @Nullable HeadAt live, @Nullable DatabaseCheck database) {
      this.folding = folding;
      this.live = live;
      this.database = database;
    }

    void take(Entry entry) {
      if (!folding.take(entry) || !(entry instanceof Entry.OfEvent e)) {
        return;
      }
      if (live != null && e.meta().sequence() == live.sequence()) {
        compared = true;
        String differs = live.differs(e, "the live service");
        if (differs != null && elsewhere == null) {
          elsewhere =
              new Fault(folding.network(), live.sequence(), e.place(), Fault.Kind.LIVE, differs);
        }
      }
      if (database != null && elsewhere == null) {
        elsewhere = database.take(e);
      }
    }

    Verdict end() throws SQLException {
      folding.end();
      Fault fault = folding.fault();
      if (fault == null) {
        fault = elsewhere;
      }
      if (fault == null && live != null && !compared) {
        fault =
            new Fault(
                folding.network(),
                folding.sequence() + 1,
                null,
                Fault.Kind.LIVE,
                "the live service is at event "
                    + live.sequence()
                    + ", which the log does not have");
      }
      if (fault == null && database != null) {
        fault = database.end(folding.sequence());
      }
      return new Verdict(
          folding.network(),
          folding.sequence(),
          Folding.hex(folding.digest()),
          folding.hash().toString(),
          compared && live != null ? live.sequence() : 0,
          database == null ? 0 : database.at(),
          fault);
    }
  }
}
