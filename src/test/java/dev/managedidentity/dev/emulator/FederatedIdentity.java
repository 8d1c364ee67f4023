package dev.managedidentity.dev.emulator;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test an identity, orders, that trusts one service account of an issuer of its own. */
final class FederatedIdentity implements BeforeEachCallback, AfterEachCallback {
  static final String SUBJECT = "system:serviceaccount:shop:orders";

  private final RunningEmulator emulator;
  private final OidcIssuer issuer = new OidcIssuer();
  private String clientId = "";

  FederatedIdentity(RunningEmulator emulator) {
    this.emulator = emulator;
  }

  OidcIssuer issuer() {
    return issuer;
  }

  String clientId() {
    return clientId;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    emulator.control().trustIssuerAuthority(issuer.caPem());
    var identity = emulator.client().putIdentity("orders").json();
    clientId = identity.path("properties").path("clientId").asText();
    emulator.client().putCredential("orders", "cluster", issuer.url(), SUBJECT);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    issuer.close();
  }
}
