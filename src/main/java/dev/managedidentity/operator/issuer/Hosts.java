package dev.managedidentity.operator.issuer;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells hosts that everybody can reach from those that only a cluster or a network knows. */
final class Hosts {
  private static final List<String> PRIVATE_DOMAINS =
      List.of("localhost", "local", "internal", "svc");

  private Hosts() {}

  /** What makes a host private, as the end of a sentence; empty when its name can be public. */
  static Optional<String> whyPrivate(String host) {
    var literal = literal(host);
    if (literal.isPresent()) {
      return literal
          .filter(Hosts::isPrivate)
          .map(address -> "the private address " + address.getHostAddress());
    }
    var name = name(host);
    if (PRIVATE_DOMAINS.stream().anyMatch(domain -> isIn(name, domain))) {
      return Optional.of("a name of a private domain");
    }
    return name.contains(".") ? Optional.empty() : Optional.of("a name without a domain");
  }

  /** Whether no host of the Internet has the address. */
  static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address four && isPrivate(four.getAddress()))
        || (address instanceof Inet6Address six && isUniqueLocal(six.getAddress()));
  }

  /** Of one site, fc00::/7. */
  private static boolean isUniqueLocal(byte[] six) {
    return (six[0] & 0xfe) == 0xfc;
  }

  /** Of this network, 0.0.0.0/8, or shared by the customers of a provider, 100.64.0.0/10. */
  private static boolean isPrivate(byte[] four) {
    return four[0] == 0 || (four[0] == 100 && (four[1] & 0xc0) == 64);
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(
          InetAddress.ofLiteral(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String name(String host) {
    var lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static boolean isIn(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }
}
