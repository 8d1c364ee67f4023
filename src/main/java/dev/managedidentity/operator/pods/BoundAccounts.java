package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Conditions;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of service accounts, as the caches have it. */
public final class BoundAccounts implements PodAdmission.Accounts {
  private static final Comparator<IdentityBinding> BY_AGE =
      Comparator.comparing(
              (IdentityBinding binding) ->
                  Objects.requireNonNullElse(binding.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(binding -> binding.getMetadata().getName());

  private final Caches caches;
  private final String audience;

  /** Where bindings and service accounts are looked up, in memory. */
  public interface Caches {
    /** Bindings that name the service account, and those of its namespace that go by labels. */
    Stream<IdentityBinding> about(String namespace, String serviceAccount);

    /** The service account, if it exists. */
    Optional<ServiceAccount> account(String namespace, String name);
  }

  /**
   * Knows what the caches know.
   *
   * @param audience of tokens where a binding names none
   */
  public BoundAccounts(Caches caches, String audience) {
    this.caches = caches;
    this.audience = audience;
  }

  @Override
  public AccountIdentities of(String namespace, String serviceAccount) {
    var account = caches.account(namespace, serviceAccount);
    return new AccountIdentities(
        caches
            .about(namespace, serviceAccount)
            .filter(binding -> !binding.isMarkedForDeletion())
            .filter(binding -> isMeant(binding, serviceAccount, account))
            .sorted(BY_AGE)
            .map(binding -> bound(binding, serviceAccount))
            .toList(),
        account.filter(AccountAnnotations::isClientOfOthers).isPresent());
  }

  private static boolean isMeant(
      IdentityBinding binding, String name, Optional<ServiceAccount> account) {
    var subject = binding.getSpec().subject();
    var one = subject.serviceAccount();
    var selector = subject.serviceAccountSelector();
    return one == null
        ? selector != null && account.filter(found -> selector.matches(labels(found))).isPresent()
        : one.name().equals(name);
  }

  private static Map<String, String> labels(ServiceAccount account) {
    return Objects.requireNonNullElse(account.getMetadata().getLabels(), Map.of());
  }

  private BoundIdentity bound(IdentityBinding binding, String serviceAccount) {
    var spec = binding.getSpec();
    var status = Objects.requireNonNullElse(binding.getStatus(), IdentityBindingStatus.EMPTY);
    return new BoundIdentity(
        binding.getMetadata().getName(),
        identity(binding),
        isDefault(binding),
        Optional.ofNullable(status.clientId()),
        Optional.ofNullable(status.tenantId()),
        Objects.requireNonNullElse(spec.audience(), audience),
        spec.tokenExpirationSeconds(),
        spec.rollout() == Rollout.RESTART,
        waiting(binding, status, serviceAccount));
  }

  /** The identity of a binding, as pods of its namespace name it. */
  public static String identity(IdentityBinding binding) {
    var name = binding.getSpec().identityRef().name();
    return binding.identityNamespace().equals(binding.getMetadata().getNamespace())
        ? name
        : binding.identityNamespace() + "/" + name;
  }

  /** Whether pods that name no identity sign in as that of this binding. */
  private static boolean isDefault(IdentityBinding binding) {
    var subject = binding.getSpec().subject();
    var selector = subject.serviceAccountSelector();
    return subject.serviceAccount() == null
        ? selector != null && selector.annotate()
        : subject.serviceAccount().annotate();
  }

  private static Optional<String> waiting(
      IdentityBinding binding, IdentityBindingStatus status, String serviceAccount) {
    var ready =
        status.conditions().stream()
            .filter(condition -> condition.type().equals(Conditions.READY))
            .findFirst();
    if (ready.filter(condition -> condition.status().equals("True")).isPresent()
        || isProven(binding, status, serviceAccount)) {
      return Optional.empty();
    }
    return Optional.of(
        "IdentityBinding %s is not ready: %s"
            .formatted(
                binding.getMetadata().getName(),
                ready.map(Condition::message).orElse("the operator has not looked at it yet.")));
  }

  /** Of many service accounts one may be fine while another is in trouble. */
  private static boolean isProven(
      IdentityBinding binding, IdentityBindingStatus status, String serviceAccount) {
    var subject =
        "system:serviceaccount:%s:%s"
            .formatted(binding.getMetadata().getNamespace(), serviceAccount);
    return binding.getSpec().subject().serviceAccountSelector() != null
        && status.federatedCredentials().stream()
            .filter(entry -> entry.subject().equals(subject))
            .filter(entry -> entry.state() == State.ACTIVE || entry.state() == State.FOREIGN)
            .anyMatch(entry -> entry.verifiedAt() != null);
  }
}
