package dev.managedidentity.operator.binding;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all facts about one IdentityBinding, each once, from caches. Azure is asked only for what
 * nothing else tells: whether an Azure resource had the identity before the operator came.
 */
final class BindingObserver {
  private static final Look NOT_ASKED = new Look.NotAsked();

  private final AzureGateway azure;
  private final Federation federation;
  private final Admission admission;
  private final Inventory inventory;

  BindingObserver(
      AzureGateway azure, Federation federation, Guardrails guardrails, Inventory inventory) {
    this.azure = azure;
    this.federation = federation;
    this.admission = new Admission(guardrails);
    this.inventory = inventory;
  }

  /** What stands around a binding in Kubernetes. */
  record Neighbours(Admission.Parties parties, Optional<ServiceAccount> account) {}

  /** The facts, given the newest known status. */
  BindingFacts observe(
      IdentityBinding binding, IdentityBindingStatus status, Neighbours neighbours) {
    var identity = steady(admission.identity(binding, status, neighbours.parties()));
    return new BindingFacts(
        new Lifetime(binding.getMetadata().getGeneration(), binding.isMarkedForDeletion()),
        subject(binding, status, neighbours, usable(identity)),
        status,
        identity,
        Set.of());
  }

  /** Its ManagedIdentity repairs it first: what is written to it until then is written twice. */
  private Identity steady(Identity identity) {
    return identity instanceof Identity.Usable usable
            && inventory
                .identities()
                .find(usable.id().key())
                .filter(seen -> isOtherThan(usable, seen))
                .isPresent()
        ? new Identity.Frozen(
            usable,
            new Problem.Waiting(
                Reason.PRINCIPAL_NOT_VISIBLE,
                "The identity %s was deleted or replaced in Azure.".formatted(usable.id())))
        : identity;
  }

  private static boolean isOtherThan(Identity.Usable usable, Sighting<AzureIdentity> seen) {
    return switch (seen) {
      case Sighting.Absent<AzureIdentity> _ -> true;
      case Sighting.Present<AzureIdentity>(AzureIdentity found) ->
          !found.clientId().equals(usable.clientId());
    };
  }

  private static Optional<Identity.Usable> usable(Identity identity) {
    return switch (identity) {
      case Identity.Usable usable -> Optional.of(usable);
      case Identity.Frozen(Identity.Usable usable, var _) -> Optional.of(usable);
      case Identity.Absent _, Identity.Taken _, Identity.Forbidden _ -> Optional.empty();
    };
  }

  private Subject subject(
      IdentityBinding binding,
      IdentityBindingStatus status,
      Neighbours neighbours,
      Optional<Identity.Usable> usable) {
    var account = binding.getSpec().subject().serviceAccount();
    if (account == null) {
      var id = requireNonNull(binding.getSpec().subject().azureResource()).id();
      return usable
          .filter(_ -> !binding.isMarkedForDeletion())
          .map(identity -> resource(id, status, identity))
          .orElseGet(() -> new Subject.Resource(id, NOT_ASKED, Optional.empty()));
    }
    var target = target(binding, account.name());
    var trust = trust(binding, account);
    return new Subject.Account(
        account,
        target,
        binding.getSpec().tokenExpirationSeconds(),
        trust,
        neighbours.account().map(one -> existing(one, target)),
        usable.flatMap(
            identity -> inventory.credentials().find(lower(trust.on(identity.id()).id()))));
  }

  private Subject.Resource resource(
      String id, IdentityBindingStatus status, Identity.Usable identity) {
    var sighting = inventory.resources().find(lower(id));
    var isDoubtful =
        sighting
            .map(
                seen ->
                    switch (seen) {
                      case Sighting.Absent<AzureResource> _ -> true;
                      case Sighting.Present<AzureResource>(AzureResource value) ->
                          !value.has(identity.id());
                    })
            .orElse(false);
    var wanted = AssignmentPlanner.wanted(id, identity);
    var isSettled =
        status.assignments().stream()
            .filter(wanted::isSameObject)
            .anyMatch(
                entry ->
                    switch (entry.state()) {
                      case PENDING, ASSIGNED -> true;
                      case FOREIGN ->
                          !isDoubtful && Objects.equals(entry.clientId(), wanted.clientId());
                      case REFUSED -> false;
                    });
    return new Subject.Resource(id, isSettled ? NOT_ASKED : look(wanted, identity), sighting);
  }

  private Look look(AssignmentStatus wanted, Identity.Usable identity) {
    return switch (azure.findResource(wanted.resource())) {
      case Answer.Failed<Optional<AzureResource>> failed -> new Look.Unknown(failed.problem());
      case Answer.Done<Optional<AzureResource>> done ->
          done.value()
              .<Look>map(found -> found.has(identity.id()) ? new Look.Assigned() : new Look.Bare())
              .orElseGet(Look.Missing::new);
    };
  }

  private static AccountAnnotations.Target target(IdentityBinding binding, String account) {
    var metadata = binding.getMetadata();
    return new AccountAnnotations.Target(
        metadata.getNamespace(),
        account,
        metadata.getName(),
        new OwnerReferenceBuilder()
            .withApiVersion(binding.getApiVersion())
            .withKind(binding.getKind())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build());
  }

  private Trust trust(IdentityBinding binding, ServiceAccountSubject account) {
    var metadata = binding.getMetadata();
    var subject = "system:serviceaccount:" + metadata.getNamespace() + ":" + account.name();
    var name =
        DerivedNames.credential(
            federation.cluster(),
            metadata.getNamespace(),
            metadata.getName(),
            federation.issuer(),
            subject);
    var audience = binding.getSpec().audience();
    return new Trust(
        name, federation.issuer(), subject, audience == null ? federation.audience() : audience);
  }

  private static ExistingAccount existing(
      ServiceAccount account, AccountAnnotations.Target target) {
    var metadata = account.getMetadata();
    return new ExistingAccount(
        metadata.getUid(),
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
        target.isOwnerOf(account),
        target.isAnnotatorOf(account));
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
