package io.holdfast.projector.db;

import io.holdfast.wire.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far each network has been projected. */
public final class Heads {
  private final Map<String, Head> byName = new HashMap<>();

  /** One network's. */
  public static final class Head {
    private final int id;
    private long sequence;
    private long at;
    private Sha256 hash;
    private long digest;
    private @Nullable String stoppedWhy;

    Head(int id, long sequence, long at, Sha256 hash, long digest, @Nullable String stoppedWhy) {
      this.id = id;
      this.sequence = sequence;
      this.at = at;
      this.hash = hash;
      this.digest = digest;
      this.stoppedWhy = stoppedWhy;
    }

    public int id() {
      return id;
    }

    public long sequence() {
      return sequence;
    }

    /** Epoch milliseconds; 0 before the first event. */
    public long at() {
      return at;
    }

    public Sha256 hash() {
      return hash;
    }

    public boolean isStopped() {
      return stoppedWhy != null;
    }

    public void advance(long newSequence, long newAt, Sha256 newHash, long newDigest) {
      sequence = newSequence;
      at = newAt;
      hash = newHash;
      digest = newDigest;
    }

    public void stop(String why) {
      stoppedWhy = why;
    }

    Head copy() {
      return new Head(id, sequence, at, hash, digest, stoppedWhy);
    }

    /** Takes over what another one of the same network says. */
    public void set(Head other) {
      advance(other.sequence, other.at, other.hash, other.digest);
      stoppedWhy = other.stoppedWhy;
    }
  }

  /** All that the database has. */
  public static Heads load(Connection connection) throws SQLException {
    Heads heads = new Heads();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT name, id, sequence,"
                    + " coalesce((extract(epoch FROM at) * 1000)::bigint, 0),"
                    + " hash, digest, stopped_why FROM network");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        heads.byName.put(
            rows.getString(1),
            new Head(
                rows.getInt(2),
                rows.getLong(3),
                rows.getLong(4),
                Sha256.wrap(rows.getBytes(5)),
                rows.getLong(6),
                rows.getString(7)));
      }
    }
    return heads;
  }

  /** That of a network, entered in the database if it is new. */
  public Head of(Connection connection, String network) throws SQLException {
    Head known = byName.get(network);
    if (known != null) {
      return known;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO network (name) VALUES (?) RETURNING id")) {
      insert.setString(1, network);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        Head head = new Head(row.getInt(1), 0, 0, Sha256.ZERO, 0, null);
        byName.put(network, head);
        return head;
      }
    }
  }

  /** As they are now, apart from this. */
  public Map<String, Head> snapshot() {
    Map<String, Head> copy = new HashMap<>();
    byName.forEach((name, head) -> copy.put(name, head.copy()));
    return copy;
  }

  /** Back to what they were; networks that came later are forgotten. */
  public void restore(Map<String, Head> snapshot) {
    byName.keySet().retainAll(snapshot.keySet());
    byName.forEach((name, head) -> head.set(snapshot.getOrDefault(name, head)));
  }

  public long stopped() {
    return byName.values().stream().filter(Head::isStopped).count();
  }

  /** Writes those of these networks. */
  void save(Connection connection, Iterable<String> names) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE network SET sequence = ?,"
                + " at = timestamptz 'epoch' + ? * interval '1 ms', hash = ?, digest = ?,"
                + " stopped_why = ?,"
                + " stopped_at = CASE WHEN ?::text IS NULL THEN NULL"
                + " ELSE coalesce(stopped_at, now()) END WHERE id = ?")) {
      for (String name : names) {
        Head head = byName.get(name);
        if (head != null) {
          update.setLong(1, head.sequence);
          update.setLong(2, head.at);
          update.setBytes(3, head.hash.toBytes());
          update.setLong(4, head.digest);
          update.setString(5, head.stoppedWhy);
          update.setString(6, head.stoppedWhy);
          update.setInt(7, head.id);
          update.addBatch();
        }
      }
      update.executeBatch();
    }
  }
}
