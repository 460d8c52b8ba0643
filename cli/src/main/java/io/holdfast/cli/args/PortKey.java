package io.holdfast.cli.args;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port of an EIP as rule ids write it: {@code tcp/443}. */
public record PortKey(Transport protocol, int port) {

  /** Reads {@code tcp/443}. */
  public static final class Converter implements ITypeConverter<PortKey> {
    @Override
    public PortKey convert(String value) {
      int slash = value.indexOf('/');
      try {
        if (slash > 0) {
          return new PortKey(
              Transport.valueOf(value.substring(0, slash).toUpperCase(Locale.ROOT)),
              Integer.parseInt(value.substring(slash + 1)));
        }
      } catch (IllegalArgumentException notOne) {
        // said below; NumberFormatException is one too
      }
      throw new TypeConversionException(
          "'" + value + "' is not a protocol and a port, for example tcp/443, udp/53 or sctp/5060");
    }
  }
}
