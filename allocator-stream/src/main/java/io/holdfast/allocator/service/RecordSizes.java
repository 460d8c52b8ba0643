package io.holdfast.allocator.service;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.topology.SizeLimits;
import io.holdfast.wire.Contract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What a client may send must pass through the whole path: the records that come of it (events,
 * outcomes, dead letters, changes of stores) are larger than it, and one that a topic refused would
 * stop its partition. How large commands and reports may be is the operator's choice; our own
 * topics are given room for four times that: text that is not sound UTF-8 may grow to three times
 * its size when it is written again.
 */
final class RecordSizes {
  static final String SETTING = "max.message.bytes";

  /** What we write beside what came in: who, when, why, hashes. */
  private static final long ROOM = 64 << 10;

  private static final List<String> INPUTS = List.of(Contract.COMMANDS, Contract.REPORTS);
  private static final List<String> OWN =
      List.of(Contract.EVENTS, Contract.OUTCOMES, Contract.DEAD_LETTERS);

  private final AllocatorConfig config;
  private final Admin admin;

  RecordSizes(AllocatorConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /** Gives our topics room where they have not enough. */
  SizeLimits prepare() {
    Collection<String> existing = Topics.get("list topics", admin.listTopics().names());
    List<String> own =
        Stream.concat(
                OWN.stream(),
                Layout.stores().stream()
                    .map(store -> config.applicationId() + "-" + store + "-changelog")
                    .filter(existing::contains))
            .toList();
    List<ConfigResource> topics =
        Stream.concat(INPUTS.stream(), own.stream()).map(RecordSizes::topic).toList();
    Map<ConfigResource, Config> found =
        Topics.onceKnown("describe topic settings", () -> admin.describeConfigs(topics).all());
    int commands = size(found, Contract.COMMANDS);
    int reports = size(found, Contract.REPORTS);
    int needed = (int) Math.min(Integer.MAX_VALUE, 4L * Math.max(commands, reports) + ROOM);
    List<String> small = own.stream().filter(name -> size(found, name) < needed).toList();
    widen(small, needed);
    return new SizeLimits(commands, reports, needed);
  }

  private void widen(List<String> topics, int bytes) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (String topic : topics) {
      ConfigEntry entry = new ConfigEntry(SETTING, Integer.toString(bytes));
      changes.put(
          topic(topic),
          new ArrayList<>(List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))));
    }
    var _ =
        Topics.get(
            "set " + SETTING + " of " + String.join(", ", topics) + " to " + bytes,
            admin.incrementalAlterConfigs(changes).all());
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private static int size(Map<ConfigResource, Config> configs, String topic) {
    Config config = configs.get(topic(topic));
    ConfigEntry entry = config == null ? null : config.get(SETTING);
    if (entry == null) {
      throw new TopicException("topic " + topic + ": the broker does not tell " + SETTING);
    }
    return Integer.parseInt(entry.value());
  }
}
