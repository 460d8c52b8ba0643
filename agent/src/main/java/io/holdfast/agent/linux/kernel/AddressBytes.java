package io.holdfast.agent.linux.kernel;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Addresses as the kernel has them: 4 or 16 bytes, the highest first. */
public final class AddressBytes {
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;

  private AddressBytes() {}

  public static byte[] of(IpAddress ip) {
    return ip.family() == IpFamily.V4
        ? ByteBuffer.allocate(4).putInt((int) ip.lo()).array()
        : ByteBuffer.allocate(16).putLong(ip.hi()).putLong(ip.lo()).array();
  }

  /** Reads 4 or 16 bytes and moves on. */
  public static IpAddress read(ByteBuffer from, IpFamily family) {
    ByteBuffer in = from.slice().order(ByteOrder.BIG_ENDIAN);
    if (family == IpFamily.V4) {
      from.position(from.position() + 4);
      return new IpAddress(family, 0, Integer.toUnsignedLong(in.getInt()));
    }
    from.position(from.position() + 16);
    return new IpAddress(family, in.getLong(), in.getLong());
  }

  public static int family(IpFamily family) {
    return family == IpFamily.V4 ? AF_INET : AF_INET6;
  }
}
