package dev.managedidentity.operator.issuer;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A web that a test writes down: what is not written does not answer. */
final class PrintedWeb implements Web {
  private final Map<String, String> documents = new HashMap<>();
  private final Map<String, List<InetAddress>> addresses = new HashMap<>();
  private final List<String> fetched = new ArrayList<>();

  PrintedWeb with(String address, String document) {
    documents.put(address, document);
    return this;
  }

  PrintedWeb withHost(String host, String... literals) {
    addresses.put(host, List.of(literals).stream().map(InetAddress::ofLiteral).toList());
    return this;
  }

  /** What was fetched, in order. */
  List<String> fetched() {
    return List.copyOf(fetched);
  }

  @Override
  public Fetched fetch(String address) {
    fetched.add(address);
    var document = documents.get(address);
    return document == null
        ? new Fetched.Failed("does not answer within 5 s")
        : new Fetched.Document(document);
  }

  @Override
  public List<InetAddress> addresses(String host) {
    return addresses.getOrDefault(host, List.of());
  }
}
