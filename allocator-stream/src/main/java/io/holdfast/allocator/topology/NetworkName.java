package io.holdfast.allocator.topology;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** What may name a network. */
public final class NetworkName {
  public static final String RULE =
      "1 to 128 letters, digits, '.', '_', ':' or '-', the first and last a letter or digit";
  private static final Pattern PATTERN =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:-]{0,126}[A-Za-z0-9])?");

  private NetworkName() {}

  public static boolean isValid(String name) {
    return PATTERN.matcher(name).matches();
  }

  /** The same of a record's key; null is none. */
  static boolean isValid(byte @Nullable [] key) {
    return key != null && isValid(new String(key, StandardCharsets.UTF_8));
  }

  /** The partition of a network, as Kafka's own clients choose it. */
  public static int partition(String network, int partitions) {
    return partition(network.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** The partition of a record's key. */
  public static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
