package io.holdfast.allocator.http;

import io.holdfast.allocator.topology.NetworkName;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads path and query parameters; whatever is wrong is a 422 that says what would be right. */
final class Params {
  private Params() {}

  /** The path's network. */
  static String network(Context ctx) {
    return name(ctx, "network");
  }

  /** A name in the path. */
  static String name(Context ctx, String parameter) {
    return checked(parameter, ctx.pathParam(parameter));
  }

  private static String checked(String field, String name) {
    if (!NetworkName.isValid(name)) {
      throw ProblemException.invalid(field, name, NetworkName.RULE);
    }
    return name;
  }

  /** A query parameter; null if it is missing or empty. */
  static @Nullable String text(Context ctx, String parameter) {
    String value = ctx.queryParam(parameter);
    return value == null || value.isEmpty() ? null : value;
  }

  static String required(Context ctx, String parameter) {
    String value = text(ctx, parameter);
    return checked(parameter, value == null ? "" : value);
  }

  static long number(Context ctx, String parameter, long otherwise, long least, long most) {
    String value = text(ctx, parameter);
    return value == null ? otherwise : number(parameter, value, least, most);
  }

  static long number(String field, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As wrong as a number out of range.
    }
    throw ProblemException.invalid(field, value, least + " to " + most);
  }

  static @Nullable Boolean flag(Context ctx, String parameter) {
    String value = text(ctx, parameter);
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw ProblemException.invalid(parameter, value, "true or false");
    };
  }

  static boolean flag(Context ctx, String parameter, boolean otherwise) {
    Boolean value = flag(ctx, parameter);
    return value == null ? otherwise : value;
  }

  static IpAddress ip(String field, String value) {
    try {
      return IpAddress.parse(value);
    } catch (InvalidAddressException e) {
      throw ProblemException.invalid(field, value, e.allowed());
    }
  }

  /**
   * Refuses parameters that are not known: a misspelt filter would otherwise silently show
   * everything.
   */
  static void only(Context ctx, String... known) {
    List<String> names = Arrays.asList(known);
    for (String given : ctx.queryParamMap().keySet()) {
      if (!names.contains(given)) {
        throw ProblemException.invalid(
            given,
            ctx.queryParam(given),
            names.isEmpty() ? "no query parameters" : "the parameters " + String.join(", ", names));
      }
    }
  }
}
