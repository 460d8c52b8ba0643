package io.holdfast.domain.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a script: {@code verb argument ... key=value ... -> expected ...}.
 *
 * @param expected words that the result must contain; null: nothing is expected in particular
 */
record Line(
    String text,
    String verb,
    List<String> args,
    Map<String, String> options,
    @Nullable List<String> expected) {

  static Line parse(String text) {
    int arrow = text.indexOf(" -> ");
    String left = (arrow < 0 ? text : text.substring(0, arrow)).strip();
    List<String> expected =
        arrow < 0 ? null : List.of(text.substring(arrow + 4).strip().split(" +", -1));
    List<String> args = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    String[] words = left.split(" +", -1);
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      } else {
        args.add(words[i]);
      }
    }
    return new Line(text.strip(), words[0], args, options, expected);
  }

  String arg(int index) {
    if (index >= args.size()) {
      throw new IllegalArgumentException("'" + text + "' lacks an argument");
    }
    return args.get(index);
  }

  @Nullable String optionalArg(int index) {
    return index < args.size() ? args.get(index) : null;
  }

  boolean has(String flag) {
    return args.contains(flag);
  }

  @Nullable String option(String key) {
    return options.get(key);
  }

  String option(String key, String otherwise) {
    String value = options.get(key);
    return value == null ? otherwise : value;
  }

  long number(String key, long otherwise) {
    String value = options.get(key);
    return value == null ? otherwise : Long.parseLong(value);
  }

  @Nullable Long tenure() {
    String value = options.get("tenure");
    return value == null ? null : (Long) Long.parseLong(value);
  }

  List<String> list(String key) {
    String value = options.get(key);
    return value == null || value.isEmpty() ? List.of() : List.of(value.split(",", -1));
  }

  long millis(String key, long otherwise) {
    String value = options.get(key);
    return value == null ? otherwise : millis(value);
  }

  /** 300s, 200ms, 5m, 2h; a leading + is allowed. */
  static long millis(String duration) {
    String text = duration.startsWith("+") ? duration.substring(1) : duration;
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long amount = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits)) {
      case "ms" -> amount;
      case "s" -> amount * 1_000;
      case "m" -> amount * 60_000;
      case "h" -> amount * 3_600_000;
      default -> throw new IllegalArgumentException("'" + duration + "' is no duration");
    };
  }
}
