package dev.managedidentity.operator.azure;

/** Tokens of this issuer, subject and audience are accepted as proof of being the identity. */
public record FederatedCredential(
    IdentityId identity, String name, String issuer, String subject, String audience) {
  /**
   * How many an identity has at most
   * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
   */
  public static final int LIMIT = 20;

  /** Whether both are for tokens of the same issuer and subject. */
  public boolean isSameLogin(FederatedCredential other) {
    return issuer.equals(other.issuer) && subject.equals(other.subject);
  }

  /** Resource id of the credential. */
  public String id() {
    return id(identity, name);
  }

  /** Resource id of a credential. */
  public static String id(IdentityId identity, String name) {
    return identity + "/federatedIdentityCredentials/" + name;
  }
}
