package io.holdfast.projector.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A row as a JSON object: columns become fields of the same name, nulls are left out, times are ISO
 * 8601 in UTC, json stays json. A name like {@code owner.tenant} is a field of an object.
 */
final class JsonRow implements RowMapper<ObjectNode> {
  static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ObjectNode map(ResultSet row, StatementContext context) throws SQLException {
    ObjectNode node = JSON.createObjectNode();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String label = columns.getColumnLabel(i);
      int dot = label.indexOf('.');
      Object value = row.getObject(i);
      if (value != null) {
        ObjectNode into = dot < 0 ? node : node.withObject("/" + label.substring(0, dot));
        put(into, label.substring(dot + 1), columns.getColumnTypeName(i), value, row, i);
      }
    }
    return node;
  }

  private static void put(
      ObjectNode into, String name, String type, Object value, ResultSet row, int i)
      throws SQLException {
    switch (type) {
      case "int2", "int4", "int8" -> into.put(name, row.getLong(i));
      case "bool" -> into.put(name, row.getBoolean(i));
      case "timestamptz" -> into.put(name, ((Timestamp) value).toInstant().toString());
      case "json", "jsonb" -> {
        try {
          into.set(name, JSON.readTree(row.getString(i)));
        } catch (JsonProcessingException e) {
          throw new SQLException("column " + name + " holds no JSON", e);
        }
      }
      default -> into.put(name, row.getString(i));
    }
  }
}
