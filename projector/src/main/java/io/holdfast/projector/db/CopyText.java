package io.holdfast.projector.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of COPY, gathered and sent at once. */
final class CopyText {
  private final StringBuilder text = new StringBuilder(1 << 16);
  private boolean inRow;
  private int rows;

  CopyText add(@Nullable String value) {
    separate();
    if (value == null) {
      text.append("\\N");
    } else {
      escape(value);
    }
    return this;
  }

  CopyText add(long value) {
    separate();
    text.append(value);
    return this;
  }

  /** Epoch milliseconds. */
  CopyText time(long at) {
    separate();
    text.append(Instant.ofEpochMilli(at));
    return this;
  }

  CopyText bytes(byte[] value) {
    separate();
    text.append("\\\\x").append(HexFormat.of().formatHex(value));
    return this;
  }

  CopyText nothing() {
    return add(null);
  }

  void endRow() {
    text.append('\n');
    inRow = false;
    rows++;
  }

  private void separate() {
    if (inRow) {
      text.append('\t');
    }
    inRow = true;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case 0 -> text.append((char) 0xfffd); // PostgreSQL has no place for it
        default -> text.append(c);
      }
    }
  }

  /**
   * Sends the rows and forgets them.
   *
   * @param into table and columns, for example {@code event (network, sequence)}
   */
  void send(Connection connection, String into) throws SQLException {
    if (rows == 0) {
      return;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
      text.setLength(0);
      rows = 0;
    }
  }

  /** For messages of faults. */
  @Override
  public String toString() {
    return rows + " rows";
  }
}
