package dev.managedidentity.operator.pods;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a service account.
 *
 * @param bound its identities, the oldest binding first
 * @param isSetByOthers whether somebody else says in its annotations which client its pods are
 */
public record AccountIdentities(List<BoundIdentity> bound, boolean isSetByOthers) {
  public AccountIdentities {
    bound = List.copyOf(bound);
  }

  /** As whom pods sign in that name no identity. */
  Set<String> defaultClients() {
    return bound.stream()
        .filter(BoundIdentity::isDefault)
        .flatMap(one -> one.clientId().stream())
        .collect(Collectors.toSet());
  }
}
