package dev.managedidentity.dev.issuer;

import dev.managedidentity.dev.emulator.http.HttpsFront;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.pki.CertificateAuthority;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An HTTPS server on this machine that publishes any number of issuers, one under each path, all
 * with the same keys: what a cluster has whose issuer changes while its keys stay.
 */
public final class IssuerHost implements AutoCloseable {
  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final String KEYS = "/keys";

  private final CertificateAuthority authority = CertificateAuthority.create("Issuer host");
  private final AtomicReference<String> keys = new AtomicReference<>("");
  private final HttpsFront front;

  private IssuerHost() {
    var tls = authority.issueServer("localhost", List.of("localhost"), List.of("127.0.0.1"));
    this.front = HttpsFront.listen(tls.serverContext(), 0);
    front.serve(this::answer);
  }

  /** Starts a host that has no keys yet; it answers when this returns. */
  public static IssuerHost start() {
    return new IssuerHost();
  }

  /** The issuer of this name, such as {@code https://localhost:8443/old}. */
  public String issuer(String name) {
    return address() + "/" + name;
  }

  /** Where the keys of every issuer are. */
  public String keysAddress() {
    return address() + KEYS;
  }

  /** From now on these are the keys: a JSON Web Key Set, as an API server has it. */
  public void publish(String keySet) {
    keys.set(keySet);
  }

  /** What a client must trust, as PEM text. */
  public String caPem() {
    return authority.certificatePem();
  }

  @Override
  public void close() {
    front.close();
  }

  private Reply answer(Request request) {
    var path = request.path();
    if (path.equals(KEYS) && !keys.get().isEmpty()) {
      return new Reply(200, Map.of(), keys.get());
    }
    return path.endsWith(DOCUMENT)
        ? document(path.substring(0, path.length() - DOCUMENT.length()))
        : Reply.empty(404);
  }

  private Reply document(String path) {
    return Reply.json(200, Json.map(Map.of("issuer", address() + path, "jwks_uri", keysAddress())));
  }

  private String address() {
    return "https://localhost:" + front.port();
  }
}
