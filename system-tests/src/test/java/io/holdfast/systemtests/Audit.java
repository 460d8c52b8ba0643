package io.holdfast.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Checks a network's log from outside: sequence and chain by the documentation alone, and who holds
 * what.
 */
final class Audit {
  /** Address to tenure of what is held at the end of the log. */
  private final Map<String, Long> held = new HashMap<>();

  private long sequence;
  private byte[] hash = new byte[32];

  private Audit() {}

  static Audit of(Foreign foreign, List<ConsumerRecord<byte[], byte[]>> events, String network) {
    Audit audit = new Audit();
    for (ConsumerRecord<byte[], byte[]> record : events) {
      if (new String(record.key(), StandardCharsets.UTF_8).equals(network)) {
        audit.take(foreign.decode(record.value()), record.value());
      }
    }
    return audit;
  }

  private void take(GenericRecord event, byte[] value) {
    GenericRecord meta = (GenericRecord) event.get("meta");
    assertThat(meta.get("sequence")).as("sequence after %s", sequence).isEqualTo(sequence + 1);
    assertThat(((GenericFixed) meta.get("previousHash")).bytes())
        .as("hash of the event before %s", meta.get("sequence"))
        .isEqualTo(hash);
    sequence++;
    hash = sha256(Arrays.copyOfRange(value, 5, value.length));
    String type = event.getSchema().getName();
    if (type.equals("EipAllocated")) {
      Long before = held.put(event.get("ip").toString(), (Long) event.get("tenure"));
      assertThat(before).as("second holder of %s", event.get("ip")).isNull();
    } else if (type.equals("EipReleaseRequested")) {
      held.remove(event.get("ip").toString());
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  long sequence() {
    return sequence;
  }

  Map<String, Long> held() {
    return held;
  }
}
