package io.holdfast.allocator.store;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.WaitingKey;

/** How the keys of a table are written, in an order-preserving way, and read. */
interface KeyCodec<K> {
  void write(K key, KeyWriter to);

  K read(KeyReader from);

  KeyCodec<String> NAME = of((key, to) -> to.text(key), KeyReader::text);
  KeyCodec<IpAddress> IP = of((key, to) -> to.ip(key), KeyReader::ip);
  KeyCodec<Long> NUMBER = of((key, to) -> to.number(key), KeyReader::number);
  KeyCodec<RuleKey> RULE =
      of(
          (key, to) -> to.ip(key.ip()).text(key.rule()),
          from -> new RuleKey(from.ip(), from.text()));
  KeyCodec<BindingKey> BINDING =
      of(
          (key, to) -> to.text(key.vpc()).text(key.inside()),
          from -> new BindingKey(from.text(), from.text()));
  KeyCodec<DriftKey> DRIFT =
      of(
          (key, to) -> to.text(key.gateway()).ip(key.ip()).text(key.node()),
          from -> new DriftKey(from.text(), from.ip(), from.text()));
  KeyCodec<CarriedKey> CARRIED =
      of(
          (key, to) ->
              to.text(key.gateway()).octet(key.wanted() ? 1 : 0).ip(key.ip()).text(key.rule()),
          from -> new CarriedKey(from.text(), from.octet() == 1, from.ip(), from.text()));
  KeyCodec<ReusableKey> REUSABLE =
      of(
          (key, to) -> to.text(key.pool()).number(key.freeAt()).ip(key.ip()),
          from -> new ReusableKey(from.text(), from.number(), from.ip()));
  KeyCodec<ResidentKey> RESIDENT =
      of(
          (key, to) -> to.text(key.node()).ip(key.ip()),
          from -> new ResidentKey(from.text(), from.ip()));
  KeyCodec<TimerKey> TIMER =
      of(
          (key, to) ->
              to.number(key.due()).octet(key.kind().code()).text(key.subject()).text(key.detail()),
          from ->
              new TimerKey(from.number(), TimerKind.of(from.octet()), from.text(), from.text()));
  KeyCodec<Owner> OWNER =
      of(
          (key, to) ->
              to.text(key.tenant())
                  .text(key.kind())
                  .text(key.namespace())
                  .text(key.name())
                  .text(key.uid()),
          from -> new Owner(from.text(), from.text(), from.text(), from.text(), from.text()));

  KeyCodec<TenantReusableKey> TENANT_REUSABLE =
      of(
          (key, to) -> to.text(key.pool()).text(key.tenant()).number(key.freeAt()).ip(key.ip()),
          from -> new TenantReusableKey(from.text(), from.text(), from.number(), from.ip()));
  KeyCodec<LastHeldKey> LAST_HELD =
      of(
          (key, to) -> {
            OWNER.write(key.owner(), to);
            to.ip(key.ip());
          },
          from -> new LastHeldKey(OWNER.read(from), from.ip()));
  KeyCodec<RunKey> RUN =
      of(
          (key, to) -> to.text(key.pool()).ip(key.last()),
          from -> new RunKey(from.text(), from.ip()));
  KeyCodec<RunLengthKey> RUN_LENGTH =
      of(
          (key, to) -> to.text(key.pool()).number(key.length()).ip(key.first()),
          from -> new RunLengthKey(from.text(), from.number(), from.ip()));
  KeyCodec<WaitingKey> WAITING =
      of(
          (key, to) -> to.text(key.pool()).number(key.ticket()),
          from -> new WaitingKey(from.text(), from.number()));

  private static <K> KeyCodec<K> of(
      java.util.function.BiConsumer<K, KeyWriter> write,
      java.util.function.Function<KeyReader, K> read) {
    return new KeyCodec<>() {
      @Override
      public void write(K key, KeyWriter to) {
        write.accept(key, to);
      }

      @Override
      public K read(KeyReader from) {
        return read.apply(from);
      }
    };
  }
}
