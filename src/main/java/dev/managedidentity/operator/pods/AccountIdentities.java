package dev.managedidentity.operator.pods;

import java.util.List;

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
}
