package io.holdfast.allocator.store;

import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.NetworkHead;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Heads: one row a network, and one for the partition. */
public final class NetworkRows {
  private static final int PARTITION = 0;
  private static final int NETWORK = 1;

  private final Codec codec;
  private final Rows rows;

  public NetworkRows(Codec codec, Rows rows) {
    this.codec = codec;
    this.rows = rows;
  }

  /** Null if the network has no events. */
  public @Nullable NetworkHead get(String network) {
    byte[] value = rows.get(key(network));
    return value == null ? null : (NetworkHead) codec.decode(Contract.STATE, value);
  }

  public void put(String network, NetworkHead head) {
    rows.put(key(network), codec.encode(Contract.STATE, head));
  }

  /** All networks, by name. */
  public SortedMap<String, NetworkHead> all() {
    SortedMap<String, NetworkHead> all = new TreeMap<>();
    rows.scan(
        new byte[] {NETWORK},
        new byte[] {NETWORK + 1},
        (key, value) -> {
          all.put(new KeyReader(key, 1).text(), (NetworkHead) codec.decode(Contract.STATE, value));
          return true;
        });
    return all;
  }

  /** The network that the partition's last event is of; null if it has no events. */
  public @Nullable String last() {
    byte[] value = rows.get(new byte[] {PARTITION});
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  public void last(String network) {
    rows.put(new byte[] {PARTITION}, network.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] key(String network) {
    return new KeyWriter().octet(NETWORK).text(network).toBytes();
  }
}
