package dev.managedidentity.operator.certificate;

import java.util.List;
import java.util.stream.Stream;

/** The DNS names under which clients reach the server, the usual one first; at least one. */
public record ServerNames(List<String> dns) {

  public ServerNames {
    dns = List.copyOf(dns);
    if (dns.isEmpty() || dns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "A server has at least one name and none is blank: " + dns);
    }
  }

  /** Those of a Kubernetes Service; API servers use the first. */
  public static ServerNames ofService(String service, String namespace) {
    var name = service + "." + namespace + ".svc";
    return new ServerNames(List.of(name, name + ".cluster.local"));
  }

  /** One more name, for a webhook that is registered by URL. */
  public ServerNames and(String name) {
    return new ServerNames(Stream.concat(dns.stream(), Stream.of(name)).distinct().toList());
  }
}
