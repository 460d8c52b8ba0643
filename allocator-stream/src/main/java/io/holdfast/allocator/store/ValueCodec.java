package io.holdfast.allocator.store;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import io.holdfast.domain.state.Mark;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** How the values of a table are written and read. */
interface ValueCodec<V> {
  byte[] write(V value);

  V read(byte[] bytes);

  /** Avro in Confluent framing, as on the topics: old values stay readable. */
  static <V> ValueCodec<V> avro(Codec codec, Class<V> type) {
    return new ValueCodec<>() {
      @Override
      public byte[] write(V value) {
        return codec.encode(Contract.STATE, value);
      }

      @Override
      public V read(byte[] bytes) {
        return type.cast(codec.decode(Contract.STATE, bytes));
      }
    };
  }

  /** How long it counts, 8 bytes, then the outcome. */
  static ValueCodec<Remembered> remembered(Codec codec) {
    ValueCodec<Outcome> outcomes = avro(codec, Outcome.class);
    return new ValueCodec<>() {
      @Override
      public byte[] write(Remembered value) {
        byte[] outcome = outcomes.write(value.outcome());
        return ByteBuffer.allocate(Long.BYTES + outcome.length)
            .putLong(value.until())
            .put(outcome)
            .array();
      }

      @Override
      public Remembered read(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        long until = from.getLong();
        return new Remembered(
            outcomes.read(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)), until);
      }
    };
  }

  ValueCodec<Mark> MARK =
      new ValueCodec<>() {
        @Override
        public byte[] write(Mark value) {
          return new byte[] {1};
        }

        @Override
        public Mark read(byte[] bytes) {
          return Mark.SET;
        }
      };

  ValueCodec<IpAddress> IP =
      new ValueCodec<>() {
        @Override
        public byte[] write(IpAddress value) {
          return new KeyWriter().ip(value).toBytes();
        }

        @Override
        public IpAddress read(byte[] bytes) {
          return new KeyReader(bytes, 0).ip();
        }
      };

  ValueCodec<Long> NUMBER =
      new ValueCodec<>() {
        @Override
        public byte[] write(Long value) {
          return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        }

        @Override
        public Long read(byte[] bytes) {
          return ByteBuffer.wrap(bytes).getLong();
        }
      };
}
