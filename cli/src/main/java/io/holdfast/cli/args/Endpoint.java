package io.holdfast.cli.args;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An internal address and, perhaps, a port.
 *
 * @param port 0: the same as outside
 */
public record Endpoint(String ip, int port) {

  /** Reads {@code 10.0.0.5:8443}, {@code [fd00::5]:8443}, {@code 10.0.0.5} and {@code fd00::5}. */
  public static final class Converter implements ITypeConverter<Endpoint> {
    private static final Pattern V4 = Pattern.compile("([0-9.]+)(?::(\\d{1,5}))?");
    private static final Pattern V6 = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(\\d{1,5}))?");
    private static final Pattern BARE_V6 = Pattern.compile("([0-9a-fA-F]*:[0-9a-fA-F:.]*)()");

    @Override
    public Endpoint convert(String value) {
      for (Pattern p : new Pattern[] {V4, V6, BARE_V6}) {
        Matcher m = p.matcher(value);
        if (m.matches() && (p != BARE_V6 || value.indexOf(':') != value.lastIndexOf(':'))) {
          String port = m.group(2);
          return new Endpoint(
              m.group(1), port == null || port.isEmpty() ? 0 : Integer.parseInt(port));
        }
      }
      throw new TypeConversionException(
          "'"
              + value
              + "' is not an address with a port, for example 10.0.0.5:8443 or"
              + " [fd00::5]:8443");
    }
  }
}
