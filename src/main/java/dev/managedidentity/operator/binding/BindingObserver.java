package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Sighting;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Locale;
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
  private final BearerObserver bearers;
  private final Admission admission;
  private final Inventory inventory;
  private final CredentialRules rules;

  BindingObserver(
      AzureGateway azure,
      BearerObserver bearers,
      Guardrails guardrails,
      Inventory inventory,
      CredentialRules rules) {
    this.azure = azure;
    this.bearers = bearers;
    this.rules = rules;
    this.admission = new Admission(guardrails);
    this.inventory = inventory;
  }

  /**
   * What stands around a binding in Kubernetes.
   *
   * @param accounts the service accounts that the binding means, or set something on
   */
  record Neighbours(Admission.Parties parties, List<ServiceAccount> accounts) {
    Neighbours {
      accounts = List.copyOf(accounts);
    }
  }

  /** The facts, given the newest known status. */
  BindingFacts observe(
      IdentityBinding binding, IdentityBindingStatus status, Neighbours neighbours) {
    var identity = admission.identity(binding, status, neighbours.parties());
    return new BindingFacts(
        new Lifetime(binding.getMetadata().getGeneration(), binding.isMarkedForDeletion()),
        subject(binding, status, neighbours, usable(identity)),
        status,
        identity,
        rules,
        Set.of());
  }

  private static Optional<Identity.Usable> usable(Identity identity) {
    return switch (identity) {
      case Identity.Usable usable -> Optional.of(usable);
      case Identity.Observed(Identity.Usable usable, var _) -> Optional.of(usable);
      case Identity.Absent _, Identity.Taken _, Identity.Forbidden _ -> Optional.empty();
    };
  }

  private Subject subject(
      IdentityBinding binding,
      IdentityBindingStatus status,
      Neighbours neighbours,
      Optional<Identity.Usable> usable) {
    var resource = binding.getSpec().subject().azureResource();
    if (resource != null) {
      return usable
          .filter(_ -> !binding.isMarkedForDeletion())
          .map(identity -> resource(resource.id(), status, identity))
          .orElseGet(() -> new Subject.Resource(resource.id(), NOT_ASKED, Optional.empty()));
    }
    return bearers.observe(binding, status, neighbours.accounts(), usable);
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

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
