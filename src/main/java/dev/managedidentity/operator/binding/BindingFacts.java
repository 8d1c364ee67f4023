package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a plan for one IdentityBinding may depend on, read once.
 *
 * @param status what is known of Azure: every credential that may exist is named here
 * @param identity whom the subject is to sign in as, or why it cannot
 * @param account the subject's service account as it stands; empty when it does not exist
 * @param tried what was first named in this very pass: a definite refusal of it leaves nothing
 */
record BindingFacts(
    Lifetime lifetime,
    Subject subject,
    IdentityBindingStatus status,
    Identity identity,
    Optional<Account> account,
    Set<String> tried) {

  BindingFacts {
    tried = Set.copyOf(tried);
  }

  /** Whether the resource lives. */
  record Lifetime(long generation, boolean isDeleting) {}

  /**
   * Who signs in.
   *
   * @param expirationSeconds lifetime of the tokens that pods get
   */
  record Subject(
      ServiceAccountSubject account, AccountAnnotations.Target target, int expirationSeconds) {}

  /** Whom the subject is to sign in as. */
  sealed interface Identity {
    /** An identity that is there, and the credential that lets the subject in. */
    record Usable(IdentityId id, String clientId, String tenantId, FederatedCredential credential)
        implements Identity {}

    /** Not there yet, or going: what was written stays. */
    record Absent(Problem problem) implements Identity {}

    /** It must not be used: what was written goes. */
    record Forbidden(Problem problem) implements Identity {}
  }

  /**
   * The service account as it stands.
   *
   * @param isOwnedByUs whether this binding created it, so that it goes with the binding
   * @param isAnnotatedByUs whether this binding set annotations on it
   */
  record Account(
      String uid, Map<String, String> annotations, boolean isOwnedByUs, boolean isAnnotatedByUs) {
    Account {
      annotations = Map.copyOf(annotations);
    }
  }

  /** The same facts after a part of the plan was carried out. */
  BindingFacts after(IdentityBindingStatus now, Set<String> triedNow) {
    var all = new HashSet<>(tried);
    all.addAll(triedNow);
    return new BindingFacts(lifetime, subject, now, identity, account, all);
  }
}
