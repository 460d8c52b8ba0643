package io.holdfast.allocator.http;

import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/** What a schema allows, in words. */
final class SchemaText {
  /** Says in JSON which of several records an object is, as rules are shown. */
  static final String KIND = "kind";

  private static final String UNKNOWN = "UNKNOWN";

  /** Here UNKNOWN is an answer, and the one that matters most: the checker could not tell. */
  private static final String CHECK_RESULT = "CheckResult";

  private SchemaText() {}

  static String of(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    String name = logical == null ? "" : logical.getName();
    return switch (schema.getType()) {
      case STRING ->
          switch (name) {
            case "ip-address" -> "an IPv4 or IPv6 address";
            case "ip-prefix" -> "a prefix like 10.0.0.0/24 whose host bits are zero";
            default -> "a string";
          };
      case INT -> "a whole number of 32 bits";
      case LONG -> "a whole number of 64 bits";
      case BOOLEAN -> "true or false";
      case ENUM -> "one of " + String.join(", ", symbols(schema));
      case ARRAY -> "an array, each element " + of(schema.getElementType());
      case MAP -> "an object, each member " + of(schema.getValueType());
      case UNION ->
          isVariants(schema)
              ? "an object whose " + KIND + " is one of " + String.join(", ", kinds(schema))
              : of(notNull(schema)) + ", or null";
      case RECORD -> "an object (" + schema.getName() + ")";
      case FLOAT, DOUBLE, BYTES, FIXED, NULL -> schema.getType().getName();
    };
  }

  /**
   * What may be said. UNKNOWN is what readers make of symbols they do not know: nobody asks for it.
   */
  static List<String> symbols(Schema schema) {
    if (schema.getName().equals(CHECK_RESULT)) {
      return schema.getEnumSymbols();
    }
    return schema.getEnumSymbols().stream().filter(s -> !s.equals(UNKNOWN)).toList();
  }

  /** Whether it is one of several kinds of records, told apart by {@link #KIND} in JSON. */
  static boolean isVariants(Schema union) {
    return union.getTypes().size() > 1
        && union.getTypes().stream().allMatch(s -> s.getType() == Schema.Type.RECORD);
  }

  /** The names of the records of such a union. */
  static List<String> kinds(Schema union) {
    return union.getTypes().stream().map(Schema::getName).toList();
  }

  /** The one branch of a union with null that is something. */
  static Schema notNull(Schema union) {
    List<Schema> branches =
        union.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    if (branches.size() != 1) {
      throw new IllegalStateException("not a union of null and one type: " + union);
    }
    return branches.getFirst();
  }
}
