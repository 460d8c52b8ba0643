package io.holdfast.projector.history;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event does to a table. Ends and goings of what is not there do nothing. */
public sealed interface Change {
  HistoryTable table();

  /** Names what the row is about; at most one row of an item is not gone. */
  String item();

  /**
   * A row begins.
   *
   * @param values of the table's own columns, in order: text, number, or null; times in epoch
   *     milliseconds
   */
  record Begin(HistoryTable table, String item, List<@Nullable Object> values) implements Change {
    static Begin of(HistoryTable table, String item, @Nullable Object... values) {
      if (values.length != table.columns().size()) {
        throw new IllegalArgumentException(table + " has other columns");
      }
      return new Begin(table, item, Arrays.asList(values));
    }
  }

  /** The row of the item that has no end ends. */
  record End(HistoryTable table, String item, String note) implements Change {}

  /** The row of the item that is not gone is gone; it ends too, if it had not. */
  record Gone(HistoryTable table, String item, String note) implements Change {}
}
