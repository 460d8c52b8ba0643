package io.holdfast.allocator.store;

import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.PartitionHead;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store of heads: one row a network, and one for the partition. */
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

  /** The partition's last event; null if it has none. */
  public @Nullable PartitionHead partition() {
    byte[] value = rows.get(new byte[] {PARTITION});
    return value == null ? null : (PartitionHead) codec.decode(Contract.STATE, value);
  }

  public void partition(PartitionHead head) {
    rows.put(new byte[] {PARTITION}, codec.encode(Contract.STATE, head));
  }

  private static byte[] key(String network) {
    return new KeyWriter().octet(NETWORK).text(network).toBytes();
  }
}
