package dev.managedidentity.operator.azure;

/** Tokens of this issuer, subject and audience are accepted as proof of being the identity. */
public record FederatedCredential(
    IdentityId identity, String name, String issuer, String subject, String audience) {
  /** Resource id of the credential. */
  public String id() {
    return id(identity, name);
  }

  /** Resource id of a credential. */
  public static String id(IdentityId identity, String name) {
    return identity + "/federatedIdentityCredentials/" + name;
  }
}
