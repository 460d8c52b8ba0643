package io.holdfast.cli.args;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many addresses a tenant may have.
 *
 * @param most null: as many as it likes
 */
public record QuotaLimit(@Nullable Long most) {

  /** Reads a number, or {@code none}. */
  public static final class Converter implements ITypeConverter<QuotaLimit> {
    @Override
    public QuotaLimit convert(String value) {
      if (value.equals("none")) {
        return new QuotaLimit(null);
      }
      try {
        return new QuotaLimit(Long.valueOf(value));
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + value + "' is no limit; write a number of addresses, or none");
      }
    }
  }
}
