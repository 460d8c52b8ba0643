package io.holdfast.projector.db;

import java.sql.SQLException;

/** What PostgreSQL's error codes mean for a writer (PostgreSQL documentation, appendix A). */
public final class SqlStates {
  private SqlStates() {}

  /**
   * Whether the rows themselves are refused: class 22 (data) or 23 (integrity). Anything else is
   * about the server or the connection, and may be over soon.
   */
  public static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }
}
