package dev.managedidentity.dev.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The flags that tell kube-apiserver who it is as an issuer of service account tokens. */
public final class IssuerFlags {

  private static final String ISSUER = "--service-account-issuer=";
  private static final String KEYS = "--service-account-jwks-uri=";

  private IssuerFlags() {}

  /**
   * New tokens are of the first issuer; those of the others are still accepted.
   *
   * @param keysAddress where the discovery document says that the keys are
   */
  public static List<String> of(List<String> issuers, String keysAddress) {
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("An API server has at least one issuer");
    }
    var flags = new ArrayList<>(issuers.stream().map(ISSUER::concat).toList());
    flags.add(KEYS + keysAddress);
    return List.copyOf(flags);
  }

  /** The issuer of new tokens, where flags name one. */
  static Optional<String> issuer(List<String> flags) {
    return flags.stream()
        .filter(flag -> flag.startsWith(ISSUER))
        .map(flag -> flag.substring(ISSUER.length()))
        .findFirst();
  }
}
