package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

final class CodecTest {
  private static final Owner OWNER = new Owner("acme", "Pod", "web", "front-0", "u-1");
  private final NumberedIds ids = new NumberedIds();
  private final Codec codec = new Codec(ids);

  @Test
  void commandsSurviveTheRoundTrip() {
    Message<CommandMeta, Command> sent =
        new Message<>(
            new CommandMeta("c-1", "alice", "", false),
            new Command.AllocateEip(
                List.of("public"),
                OWNER,
                IpAddress.parse("203.0.113.7"),
                FamilyChoice.V4,
                1,
                null,
                "n1"));

    assertThat(codec.decode(Contract.COMMANDS, codec.encode(Contract.COMMANDS, sent)))
        .isEqualTo(sent);
  }

  @Test
  void eventsCanBeReadWithNothingButTheRegistrysSchema() throws Exception {
    byte[] bytes =
        codec.encode(
            Contract.EVENTS,
            new Message<>(
                new EventMeta(
                    "prod", 5, 1000, Sha256.ZERO, 42, "alice", "", CauseKind.COMMAND, "c-1"),
                new Event.EipAllocated(
                    IpAddress.parse("2001:db8::7"),
                    5,
                    "v6",
                    OWNER,
                    new NodeBinding("n1", "b1"),
                    new Choice(Choice.Why.RANDOM, List.of(new Choice.Skipped("p", "full"))),
                    60_000,
                    90_000,
                    Map.of("team", "edge"))));
    Schema writer = ids.byId(ids.idIn(bytes)).orElseThrow();

    GenericRecord event =
        new GenericDatumReader<GenericRecord>(writer)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));

    assertThat(event.get("ip")).hasToString("2001:db8::7");
    assertThat(((GenericRecord) event.get("owner")).get("uid")).hasToString("u-1");
    assertThat(((GenericRecord) event.get("meta")).get("sequence")).isEqualTo(5L);
  }

  @Test
  void stateValuesSurviveTheRoundTrip() {
    Carriage carriage = new Carriage("gw1", 24, true, 7, 1, 0, new Seen(1, 7, 3, true));
    Terms terms =
        new Terms(
            9,
            new Lease(60_000, 90_000, 75_000, 80_000),
            Map.of("team", "edge"),
            new Offer("other", 70_000),
            true,
            new Conflict("02:00:00:00:00:01", 1, 2));
    Tenancy tenancy = new Tenancy(5, OWNER, null, 1000, "gw1", 1, null, null, terms);
    Address address = Address.held("public", tenancy).carriage("gw1", carriage).countRules(1);
    Rule rule =
        new Rule(
            new RuleSpec.Fip(IpAddress.parse("10.0.0.5"), "default"),
            5,
            true,
            9,
            List.of(new RuleSpec.Fip(IpAddress.parse("10.0.0.4"), "default")),
            carriage);

    assertThat(codec.decode(Contract.STATE, codec.encode(Contract.STATE, address)))
        .isEqualTo(address);
    assertThat(codec.decode(Contract.STATE, codec.encode(Contract.STATE, rule))).isEqualTo(rule);
  }

  @Test
  void anImpossibleAddressNamesTheFieldAndWhoAsked() throws Exception {
    byte[] bytes = release("300.1.1.1");

    assertThatThrownBy(() -> codec.decode(Contract.COMMANDS, bytes))
        .isInstanceOfSatisfying(
            BadValueException.class,
            e -> {
              assertThat(e.field()).isEqualTo("ip");
              assertThat(e.value()).isEqualTo("300.1.1.1");
              assertThat(e.record()).isEqualTo("ReleaseEip");
              assertThat(e.meta()).isEqualTo(new CommandMeta("c-9", "bob", "", false));
            });
  }

  /** It goes into the answer. */
  @Test
  void anImpossibleAddressOfAnyLengthIsCut() throws Exception {
    byte[] bytes = release("x".repeat(1_000_000));

    assertThatThrownBy(() -> codec.decode(Contract.COMMANDS, bytes))
        .isInstanceOfSatisfying(
            BadValueException.class,
            e -> {
              assertThat(e.value()).hasSize(300).endsWith("x... (1000000 characters)");
              assertThat(e.getMessage()).startsWith("ip is 'xxx").hasSizeLessThan(1_000);
            });
  }

  @Test
  void garbageIsNamed() throws Exception {
    byte[] good = release("10.0.0.1");
    byte[] unknownId = good.clone();
    unknownId[1] = 0x7f;
    byte[] longer = Arrays.copyOf(good, good.length + 1);

    assertFault("hello".getBytes(StandardCharsets.UTF_8), UnreadableException.Fault.Framing);
    assertFault(new byte[0], UnreadableException.Fault.Framing);
    assertFault(unknownId, UnreadableException.Fault.SchemaId);
    assertFault(Arrays.copyOf(good, good.length - 3), UnreadableException.Fault.Data);
    assertFault(longer, UnreadableException.Fault.Data);
    byte[] event =
        codec.encode(
            Contract.EVENTS,
            new Message<>(
                new EventMeta("prod", 1, 1, Sha256.ZERO, 0, "a", "", CauseKind.TIMER, ""),
                new Event.PoolRemoved("p")));
    assertFault(event, UnreadableException.Fault.Schema);
  }

  private void assertFault(byte[] bytes, UnreadableException.Fault fault) {
    assertThatThrownBy(() -> codec.decode(Contract.COMMANDS, bytes))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  /**
   * As a producer in another language would write it: generic Avro, the schema from the registry.
   */
  private byte[] release(String ip) throws Exception {
    int id = ids.idOf(Contract.COMMANDS + "-ReleaseEip");
    Schema schema = ids.byId(id).orElseThrow();
    GenericRecord meta = new GenericData.Record(schema.getField("meta").schema());
    meta.put("id", "c-9");
    meta.put("actor", "bob");
    meta.put("reason", "");
    meta.put("dryRun", false);
    GenericRecord release = new GenericData.Record(schema);
    release.put("meta", meta);
    release.put("ip", ip);
    return io.holdfast.schemas.wire.WireFormat.write(
        id, release, new GenericDatumWriter<GenericRecord>(schema));
  }
}
