package io.holdfast.wire;

import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** Avro's logical types for addresses and hashes. Other languages see plain strings and bytes. */
final class Conversions {
  private Conversions() {}

  static List<Conversion<?>> all() {
    return List.of(new Ip(), new Prefix(), new Ranges(), new Hash());
  }

  /** Makes the logical type names known to Avro's schema parser. Harmless to repeat. */
  static void registerNames() {
    for (Conversion<?> conversion : all()) {
      String name = conversion.getLogicalTypeName();
      LogicalTypes.register(name, schema -> new LogicalType(name));
    }
  }

  private abstract static class OfText<T> extends Conversion<T> {
    @Override
    public final CharSequence toCharSequence(T value, Schema schema, LogicalType type) {
      return value.toString();
    }
  }

  private static final class Ip extends OfText<IpAddress> {
    @Override
    public Class<IpAddress> getConvertedType() {
      return IpAddress.class;
    }

    @Override
    public String getLogicalTypeName() {
      return "ip-address";
    }

    @Override
    public IpAddress fromCharSequence(CharSequence value, Schema schema, LogicalType type) {
      return IpAddress.parse(value.toString());
    }
  }

  private static final class Prefix extends OfText<Cidr> {
    @Override
    public Class<Cidr> getConvertedType() {
      return Cidr.class;
    }

    @Override
    public String getLogicalTypeName() {
      return "ip-prefix";
    }

    @Override
    public Cidr fromCharSequence(CharSequence value, Schema schema, LogicalType type) {
      return Cidr.parse(value.toString());
    }
  }

  private static final class Ranges extends Conversion<AddressSet> {
    @Override
    public Class<AddressSet> getConvertedType() {
      return AddressSet.class;
    }

    @Override
    public String getLogicalTypeName() {
      return "address-set";
    }

    @Override
    public AddressSet fromCharSequence(CharSequence value, Schema schema, LogicalType type) {
      List<IpRange> ranges = new ArrayList<>();
      for (String range : value.toString().split(",", -1)) {
        if (!range.isEmpty()) {
          ranges.add(IpRange.parse(range));
        }
      }
      return new AddressSet(ranges);
    }

    @Override
    public CharSequence toCharSequence(AddressSet value, Schema schema, LogicalType type) {
      StringJoiner text = new StringJoiner(",");
      value.ranges().forEach(range -> text.add(range.toString()));
      return text.toString();
    }
  }

  private static final class Hash extends Conversion<Sha256> {
    @Override
    public Class<Sha256> getConvertedType() {
      return Sha256.class;
    }

    @Override
    public String getLogicalTypeName() {
      return "sha-256";
    }

    @Override
    public Sha256 fromFixed(GenericFixed value, Schema schema, LogicalType type) {
      return Sha256.wrap(value.bytes());
    }

    @Override
    public GenericFixed toFixed(Sha256 value, Schema schema, LogicalType type) {
      return new GenericData.Fixed(schema, value.toBytes());
    }
  }
}
