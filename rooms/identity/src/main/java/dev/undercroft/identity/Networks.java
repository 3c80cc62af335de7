package dev.undercroft.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The network an address counts for: itself in IPv4, its first 64 bits in IPv6. */
final class Networks {

  private Networks() {}

  /** Texts that are no address count for themselves; nothing is looked up. */
  static String of(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(parsed.getAddress(), 0, 8)
          : parsed.getHostAddress();
    } catch (IllegalArgumentException notOne) {
      return address;
    }
  }
}
