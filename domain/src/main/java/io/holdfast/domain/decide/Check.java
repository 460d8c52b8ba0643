package io.holdfast.domain.decide;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.outcome.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of single fields: null, or the refusal. */
final class Check {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:-]{0,126}[A-Za-z0-9])?");
  static final String NAME_RULE =
      "1 to 128 letters, digits, '.', '_', ':' or '-', the first and last a letter or digit";

  /** So long are texts of one line at most, UTF-16 characters. */
  static final int TEXT = 253;

  private Check() {}

  static @Nullable Refusal name(String field, String value) {
    return NAME.matcher(value).matches() ? null : Refusal.invalid(field, value, NAME_RULE);
  }

  static @Nullable Refusal range(String field, long value, long least, long most) {
    return value >= least && value <= most
        ? null
        : Refusal.invalid(field, value, least + " to " + most);
  }

  static @Nullable Refusal owner(String field, Owner owner) {
    return first(
        part(field + ".tenant", owner.tenant(), true),
        part(field + ".kind", owner.kind(), true),
        part(field + ".namespace", owner.namespace(), false),
        part(field + ".name", owner.name(), true),
        part(field + ".uid", owner.uid(), false));
  }

  static @Nullable Refusal text(String field, String value) {
    return part(field, value, false);
  }

  /** A text that must not be blank. */
  static @Nullable Refusal required(String field, String value) {
    return part(field, value, true);
  }

  /** Any text of at most this many UTF-16 characters. */
  static @Nullable Refusal length(String field, String value, int most) {
    return value.length() <= most
        ? null
        : Refusal.invalid(field, value, "at most " + most + " characters");
  }

  private static @Nullable Refusal part(String field, String value, boolean required) {
    return isPrintable(value) && (!required || !value.isBlank())
        ? null
        : Refusal.invalid(
            field, value, (required ? "1" : "0") + " to 253 printable ASCII characters");
  }

  private static boolean isPrintable(String value) {
    boolean isPrintable = value.length() <= TEXT;
    for (int i = 0; isPrintable && i < value.length(); i++) {
      isPrintable = value.charAt(i) >= ' ' && value.charAt(i) <= '~';
    }
    return isPrintable;
  }

  /** The first refusal, or null if all is well. */
  static @Nullable Refusal first(@Nullable Refusal... refusals) {
    for (Refusal refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
