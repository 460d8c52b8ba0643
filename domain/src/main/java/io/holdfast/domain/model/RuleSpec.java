package io.holdfast.domain.model;

import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A NAT rule of an EIP. The id names its place on the EIP, the target what it leads to. */
public sealed interface RuleSpec extends Fingerprint.Entry {
  /**
   * Unique among the rules of one EIP: {@code fip}, {@code dnat/tcp/443}, {@code snat/10.0.0.0/24}.
   */
  String id();

  /**
   * Where the traffic goes; empty for SNAT. The id and this together are what an agent reports
   * back.
   */
  String target();

  /** The virtual network that the internal side lives in. */
  String vpc();

  /** The family of the internal side, and so of the EIP. */
  IpFamily family();

  /**
   * The internal side if no second rule of the VPC may use it at the same time; null if it may be
   * shared.
   */
  @Nullable String exclusive();

  @Override
  default void addTo(Fingerprint f) {
    f.add(id()).add(target()).add(vpc());
  }

  /** Floating IP: everything for the EIP goes to one internal address, and back. */
  record Fip(IpAddress internalIp, String vpc) implements RuleSpec {
    @Override
    public IpFamily family() {
      return internalIp.family();
    }

    @Override
    public String id() {
      return "fip";
    }

    @Override
    public String target() {
      return internalIp.toString();
    }

    @Override
    public String exclusive() {
      return internalIp.toString();
    }
  }

  /** One port of the EIP goes to one port of an internal address. */
  record Dnat(Protocol protocol, int port, IpAddress internalIp, int internalPort, String vpc)
      implements RuleSpec {
    @Override
    public IpFamily family() {
      return internalIp.family();
    }

    public static String id(Protocol protocol, int port) {
      return "dnat/" + protocol.name().toLowerCase(Locale.ROOT) + "/" + port;
    }

    @Override
    public String id() {
      return id(protocol, port);
    }

    @Override
    public String target() {
      return internalIp.family() == io.holdfast.domain.net.IpFamily.V4
          ? internalIp + ":" + internalPort
          : "[" + internalIp + "]:" + internalPort;
    }

    @Override
    public @Nullable String exclusive() {
      return null;
    }
  }

  /** Traffic from a source prefix leaves with the EIP as its source; the longest prefix wins. */
  record Snat(Cidr source, String vpc) implements RuleSpec {
    @Override
    public IpFamily family() {
      return source.network().family();
    }

    public static String id(Cidr source) {
      return "snat/" + source;
    }

    @Override
    public String id() {
      return id(source);
    }

    @Override
    public String target() {
      return "";
    }

    @Override
    public String exclusive() {
      return source.toString();
    }
  }
}
