package dev.managedidentity.operator.binding;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.ownership.Consent;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a binding and its neighbours, all from caches, into facts. Asks Azure nothing. */
final class BindingObserver {
  private static final Comparator<IdentityBinding> BY_AGE =
      Comparator.<IdentityBinding, String>comparing(
              binding -> binding.getMetadata().getCreationTimestamp())
          .thenComparing(binding -> binding.getMetadata().getUid());

  private static final int NOTHING = 0;

  private final Federation federation;

  BindingObserver(Federation federation) {
    this.federation = federation;
  }

  /**
   * What stands around a binding in Kubernetes.
   *
   * @param siblings all bindings to the same identity
   */
  record Neighbours(
      Optional<ManagedIdentity> identity,
      Optional<ServiceAccount> account,
      Optional<Namespace> namespace,
      List<IdentityBinding> siblings) {}

  /** A binding looks at little of its identity; the rest may change without waking it. */
  static boolean isSeenByBindings(ManagedIdentity now, ManagedIdentity before) {
    var known = status(now);
    var knownBefore = status(before);
    return !Objects.equals(known.clientId(), knownBefore.clientId())
        || !Objects.equals(known.resourceId(), knownBefore.resourceId())
        || !now.getSpec().allowedNamespaces().equals(before.getSpec().allowedNamespaces())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || count(known) < count(knownBefore);
  }

  /** The facts, given the newest known status. */
  BindingFacts observe(
      IdentityBinding binding, IdentityBindingStatus status, Neighbours neighbours) {
    var spec = binding.getSpec();
    var metadata = binding.getMetadata();
    var target =
        new AccountAnnotations.Target(
            metadata.getNamespace(),
            requireNonNull(spec.subject().serviceAccount()).name(),
            metadata.getName(),
            new OwnerReferenceBuilder()
                .withApiVersion(binding.getApiVersion())
                .withKind(binding.getKind())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build());
    return new BindingFacts(
        new Lifetime(metadata.getGeneration(), binding.isMarkedForDeletion()),
        new Subject(
            requireNonNull(spec.subject().serviceAccount()), target, spec.tokenExpirationSeconds()),
        status,
        identity(binding, status, neighbours),
        neighbours.account().map(account -> account(account, target)),
        Set.of());
  }

  private Identity identity(
      IdentityBinding binding, IdentityBindingStatus status, Neighbours neighbours) {
    var name = nameOf(binding);
    if (neighbours.identity().isEmpty()) {
      return absent(
          Reason.IDENTITY_NOT_FOUND, "ManagedIdentity %s does not exist.".formatted(name));
    }
    var identity = neighbours.identity().get();
    var namespace = binding.getMetadata().getNamespace();
    var identityNamespace = identity.getMetadata().getNamespace();
    var allowed = identity.getSpec().allowedNamespaces();
    if (!Consent.isGiven(allowed, identityNamespace, namespace, labels(neighbours))) {
      return new Identity.Forbidden(
          new Problem.Refused(
              Reason.NAMESPACE_NOT_ALLOWED,
              "ManagedIdentity %s does not allow bindings from namespace %s."
                  .formatted(name, namespace)));
    }
    var id = status(identity).resourceId();
    var held = held(status, id);
    var rival =
        neighbours.siblings().stream()
            .filter(other -> isSameSubject(other, binding))
            .filter(other -> precedes(other, binding, held(statusOf(other), id) - held))
            .findFirst();
    if (rival.isPresent()) {
      return new Identity.Forbidden(
          new Problem.Refused(
              Reason.SUBJECT_ALREADY_BOUND,
              "IdentityBinding %s already binds this service account to this identity."
                  .formatted(rival.get().getMetadata().getName())));
    }
    return usable(binding, status, identity);
  }

  private Identity usable(
      IdentityBinding binding, IdentityBindingStatus status, ManagedIdentity identity) {
    var known = status(identity);
    var name = nameOf(binding);
    if (identity.isMarkedForDeletion() && held(status, known.resourceId()) == NOTHING) {
      return absent(
          Reason.IDENTITY_NOT_FOUND, "ManagedIdentity %s is being deleted.".formatted(name));
    }
    if (known.resourceId() == null || known.clientId() == null || known.tenantId() == null) {
      return absent(
          Reason.IDENTITY_NOT_READY, "ManagedIdentity %s has no client id yet.".formatted(name));
    }
    var id = IdentityId.parse(known.resourceId());
    return new Identity.Usable(id, known.clientId(), known.tenantId(), credential(binding, id));
  }

  private FederatedCredential credential(IdentityBinding binding, IdentityId id) {
    var metadata = binding.getMetadata();
    var account = requireNonNull(binding.getSpec().subject().serviceAccount()).name();
    var subject = "system:serviceaccount:" + metadata.getNamespace() + ":" + account;
    var name =
        DerivedNames.credential(
            federation.cluster(),
            metadata.getNamespace(),
            metadata.getName(),
            federation.issuer(),
            subject);
    var audience = binding.getSpec().audience();
    return new FederatedCredential(
        id,
        name,
        federation.issuer(),
        subject,
        audience == null ? federation.audience() : audience);
  }

  /** Who holds a credential keeps it; among those who hold the same the oldest comes first. */
  private static boolean precedes(IdentityBinding other, IdentityBinding binding, int holdsMore) {
    return holdsMore > 0
        || (holdsMore == 0 && !other.isMarkedForDeletion() && BY_AGE.compare(other, binding) < 0);
  }

  /** How much of a credential on the identity a binding has: one that may be there is less. */
  private static int held(IdentityBindingStatus status, @Nullable String id) {
    return status.federatedCredentials().stream()
        .filter(credential -> credential.identity().equalsIgnoreCase(id))
        .mapToInt(
            credential ->
                switch (credential.state()) {
                  case REFUSED -> NOTHING;
                  case PENDING -> NOTHING + 1;
                  case ACTIVE -> NOTHING + 2;
                })
        .max()
        .orElse(NOTHING);
  }

  private static boolean isSameSubject(IdentityBinding other, IdentityBinding binding) {
    var account = requireNonNull(binding.getSpec().subject().serviceAccount()).name();
    return !other.getMetadata().getUid().equals(binding.getMetadata().getUid())
        && other.getMetadata().getNamespace().equals(binding.getMetadata().getNamespace())
        && requireNonNull(other.getSpec().subject().serviceAccount()).name().equals(account);
  }

  private static String nameOf(IdentityBinding binding) {
    return binding.identityNamespace() + "/" + binding.getSpec().identityRef().name();
  }

  private static IdentityBindingStatus statusOf(IdentityBinding binding) {
    return Objects.requireNonNullElse(binding.getStatus(), IdentityBindingStatus.EMPTY);
  }

  private static ManagedIdentityStatus status(ManagedIdentity identity) {
    return Objects.requireNonNullElse(identity.getStatus(), ManagedIdentityStatus.EMPTY);
  }

  private static int count(ManagedIdentityStatus status) {
    return Objects.requireNonNullElse(status.bindings(), 0);
  }

  private static Map<String, String> labels(Neighbours neighbours) {
    return neighbours
        .namespace()
        .map(namespace -> namespace.getMetadata().getLabels())
        .orElse(Map.of());
  }

  private static Account account(ServiceAccount account, AccountAnnotations.Target target) {
    var metadata = account.getMetadata();
    return new Account(
        metadata.getUid(),
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
        target.isOwnerOf(account),
        target.isAnnotatorOf(account));
  }

  private static Identity absent(Reason reason, String detail) {
    return new Identity.Absent(new Problem.Waiting(reason, detail));
  }
}
