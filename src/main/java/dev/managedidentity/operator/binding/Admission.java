package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.IdentityType;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.kube.OwnerReferences;
import dev.managedidentity.operator.ownership.Consent;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.OpenGrants;
import dev.managedidentity.operator.sharding.Shards;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says whether a binding may use its identity, and if not, whether what it has may stay. */
final class Admission {
  private final Guardrails guardrails;

  Admission(Guardrails guardrails) {
    this.guardrails = guardrails;
  }

  /**
   * Who has a say besides the binding itself.
   *
   * @param siblings all bindings of the same subject
   */
  record Parties(
      Optional<ManagedIdentity> identity,
      Optional<Namespace> namespace,
      List<Rivals.Sibling> siblings) {
    Parties {
      siblings = List.copyOf(siblings);
    }
  }

  /** A binding looks at little of its identity; the rest may change without waking it. */
  static boolean isSeenByBindings(ManagedIdentity now, ManagedIdentity before) {
    var known = status(now);
    var knownBefore = status(before);
    return !Objects.equals(known.clientId(), knownBefore.clientId())
        || !Objects.equals(known.resourceId(), knownBefore.resourceId())
        || !Objects.equals(known.serviceAccount(), knownBefore.serviceAccount())
        || isObserved(now) != isObserved(before)
        || !now.getSpec().allowedNamespaces().equals(before.getSpec().allowedNamespaces())
        || !now.getSpec().federation().equals(before.getSpec().federation())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || count(known) < count(knownBefore)
        || used(known) < used(knownBefore)
        || !OpenGrants.of(known).equals(OpenGrants.of(knownBefore))
        || !OpenGrants.awaited(now).equals(OpenGrants.awaited(before));
  }

  /** Whom the subject is to sign in as. */
  Identity identity(IdentityBinding binding, IdentityBindingStatus status, Parties parties) {
    var refusal = guardrail(binding, parties);
    if (refusal.isPresent()) {
      return new Identity.Forbidden(refusal.get());
    }
    if (parties.identity().isEmpty()) {
      return absent(
          Reason.IDENTITY_NOT_FOUND, "ManagedIdentity %s does not exist.".formatted(name(binding)));
    }
    var identity = parties.identity().get();
    return shard(binding, identity)
        .or(() -> stranger(binding, identity))
        .or(() -> consent(binding, identity, parties))
        .or(() -> contender(new Rivals(binding, status, parties.siblings()), identity))
        .orElseGet(() -> existing(binding, status, identity, parties));
  }

  private Optional<Problem> guardrail(IdentityBinding binding, Parties parties) {
    var resource = binding.getSpec().subject().azureResource();
    var place =
        new Guardrails.Place(binding.getMetadata().getNamespace(), labels(parties.namespace()));
    return resource == null
        ? issuer(binding).flatMap(issuer -> guardrails.issuer(place, issuer))
        : guardrails.resource(place, resource.id());
  }

  /** The issuer that the binding itself names; the cluster's own needs no leave. */
  private static Optional<String> issuer(IdentityBinding binding) {
    var external = binding.getSpec().subject().external();
    return Optional.ofNullable(external == null ? binding.getSpec().issuer() : external.issuer());
  }

  /** Which shard a binding is on is not for it to say. */
  private static Optional<Identity> shard(IdentityBinding binding, ManagedIdentity identity) {
    return Shards.parent(identity)
        .map(
            parent ->
                forbidden(
                    Reason.SHARD_NOT_BINDABLE,
                    "ManagedIdentity %s is a shard of %s."
                        .formatted(name(binding), parent.getName())));
  }

  /** A system-assigned identity is its owner's alone. */
  private static Optional<Identity> stranger(IdentityBinding binding, ManagedIdentity identity) {
    if (identity.getSpec().type() != IdentityType.SYSTEM_ASSIGNED) {
      return Optional.empty();
    }
    var resource = identity.getSpec().azureResource();
    if (resource != null) {
      return Optional.of(
          notShareable(
              "ManagedIdentity %s is the Azure resource's own: %s."
                  .formatted(name(binding), resource)));
    }
    var subject = binding.getSpec().subject().serviceAccount();
    if (subject == null || !OwnerReferences.isOwn(binding, identity)) {
      return Optional.of(
          notShareable(
              "ManagedIdentity %s is the own identity of %s."
                  .formatted(name(binding), identity.getSpec().workload())));
    }
    var account = status(identity).serviceAccount();
    if (account == null) {
      return Optional.of(
          absent(
              Reason.IDENTITY_NOT_READY,
              "ManagedIdentity %s has no service account yet.".formatted(name(binding))));
    }
    return account.equals(subject.name())
        ? Optional.empty()
        : Optional.of(
            notShareable(
                "ManagedIdentity %s is the own identity of %s, which runs as service account %s."
                    .formatted(name(binding), identity.getSpec().workload(), account)));
  }

  private static Optional<Identity> consent(
      IdentityBinding binding, ManagedIdentity identity, Parties parties) {
    var namespace = binding.getMetadata().getNamespace();
    var isGiven =
        Consent.isGiven(
            identity.getSpec().allowedNamespaces(),
            identity.getMetadata().getNamespace(),
            namespace,
            labels(parties.namespace()));
    return isGiven
        ? Optional.empty()
        : Optional.of(
            forbidden(
                Reason.NAMESPACE_NOT_ALLOWED,
                "ManagedIdentity %s does not allow bindings from namespace %s."
                    .formatted(name(binding), namespace)));
  }

  private static Optional<Identity> contender(Rivals rivals, ManagedIdentity identity) {
    return rivals
        .contender(status(identity).resourceId())
        .map(
            rival ->
                forbidden(
                    Reason.SUBJECT_ALREADY_BOUND,
                    "IdentityBinding %s already binds %s to this identity."
                        .formatted(named(rival, rivals.binding()), subject(rival))));
  }

  private static Identity existing(
      IdentityBinding binding,
      IdentityBindingStatus status,
      ManagedIdentity identity,
      Parties parties) {
    var known = status(identity);
    var name = name(binding);
    if (identity.isMarkedForDeletion() && status.uses(known.resourceId()) == Use.NONE) {
      return absent(
          Reason.IDENTITY_NOT_FOUND, "ManagedIdentity %s is being deleted.".formatted(name));
    }
    var usable = usable(known);
    if (usable.isEmpty()) {
      return absent(
          Reason.IDENTITY_NOT_READY, "ManagedIdentity %s has no client id yet.".formatted(name));
    }
    var id = usable.get().id().toString();
    var rivals = new Rivals(binding, status, parties.siblings());
    var leaver = rivals.leaver(id);
    if (leaver.isPresent()) {
      return new Identity.Taken(
          new Problem.Refused(
              Reason.SUBJECT_ALREADY_BOUND,
              "IdentityBinding %s has not yet let go of the identity for %s."
                  .formatted(named(leaver.get(), binding), subject(binding))),
          rivals.awaited(id));
    }
    return isObserved(identity)
        ? new Identity.Frozen(
            usable.get(),
            new Problem.Refused(
                Reason.IDENTITY_ONLY_OBSERVED,
                "ManagedIdentity %s has the policy Observe: nothing is written for it."
                    .formatted(name)))
        : usable.get();
  }

  /** What there is to sign in as; empty while Azure has not given it its ids. */
  static Optional<Identity.Usable> usable(ManagedIdentityStatus status) {
    return status.resourceId() == null || status.clientId() == null || status.tenantId() == null
        ? Optional.empty()
        : Optional.of(
            new Identity.Usable(
                IdentityId.parse(status.resourceId()), status.clientId(), status.tenantId()));
  }

  private static boolean isObserved(ManagedIdentity identity) {
    return identity.getSpec().managementPolicy() == ManagementPolicy.OBSERVE
        || status(identity).ownership() == Ownership.OBSERVED;
  }

  private static String subject(IdentityBinding binding) {
    var subject = binding.getSpec().subject();
    if (subject.azureResource() != null) {
      return "this Azure resource";
    }
    return subject.external() == null ? "this service account" : "this issuer and subject";
  }

  /** Bindings of an Azure resource may stand in any namespace. */
  private static String named(IdentityBinding other, IdentityBinding binding) {
    var namespace = other.getMetadata().getNamespace();
    var name = other.getMetadata().getName();
    return namespace.equals(binding.getMetadata().getNamespace()) ? name : namespace + "/" + name;
  }

  private static String name(IdentityBinding binding) {
    return binding.identityNamespace() + "/" + binding.getSpec().identityRef().name();
  }

  private static ManagedIdentityStatus status(ManagedIdentity identity) {
    return Objects.requireNonNullElse(identity.getStatus(), ManagedIdentityStatus.EMPTY);
  }

  private static int used(ManagedIdentityStatus status) {
    return status.federatedCredentials() == null ? 0 : status.federatedCredentials().used();
  }

  private static int count(ManagedIdentityStatus status) {
    return Objects.requireNonNullElse(status.bindings(), 0);
  }

  private static Map<String, String> labels(Optional<Namespace> namespace) {
    return namespace.map(one -> one.getMetadata().getLabels()).orElse(Map.of());
  }

  private static Identity absent(Reason reason, String detail) {
    return new Identity.Absent(new Problem.Waiting(reason, detail));
  }

  private static Identity forbidden(Reason reason, String detail) {
    return new Identity.Forbidden(new Problem.Refused(reason, detail));
  }

  private static Identity notShareable(String detail) {
    return forbidden(Reason.SYSTEM_ASSIGNED_NOT_SHAREABLE, detail);
  }
}
