package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AssignmentStatus;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.binding.BindingFacts.Grants;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Look;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
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
  private final Lodging lodging;
  private final Admission admission;
  private final Inventory inventory;

  BindingObserver(
      AzureGateway azure,
      BearerObserver bearers,
      Lodging lodging,
      Guardrails guardrails,
      Inventory inventory) {
    this.azure = azure;
    this.bearers = bearers;
    this.lodging = lodging;
    this.admission = new Admission(guardrails);
    this.inventory = inventory;
  }

  /**
   * What stands around a binding in Kubernetes.
   *
   * @param quarter where the bindings of its identity have their places
   * @param accounts the service accounts that the binding means, or set something for
   */
  record Neighbours(Admission.Parties parties, Lodging.Quarter quarter, AccountObserver accounts) {}

  /** The facts, given the newest known status. */
  BindingFacts observe(
      IdentityBinding binding, IdentityBindingStatus status, Neighbours neighbours) {
    var admitted = steady(admission.identity(binding, status, neighbours.parties()));
    var resource = binding.getSpec().subject().azureResource();
    return resource == null
        ? ofTokens(binding, status, neighbours, admitted)
        : facts(
            binding,
            status,
            usable(admitted)
                .filter(_ -> !binding.isMarkedForDeletion())
                .map(identity -> resource(resource.id(), status, identity))
                .orElseGet(() -> new Subject.Resource(resource.id(), NOT_ASKED, Optional.empty())),
            admitted,
            Optional.empty(),
            Grants.NONE);
  }

  private BindingFacts ofTokens(
      IdentityBinding binding,
      IdentityBindingStatus status,
      Neighbours neighbours,
      Identity admitted) {
    var tokens = bearers.bearers(neighbours.accounts());
    if (binding.isMarkedForDeletion() || usable(admitted).isEmpty()) {
      lodging.leave(binding);
      return facts(binding, status, tokens, admitted, Optional.empty(), Grants.NONE);
    }
    var place =
        lodging.place(
            binding,
            status,
            tokens.bearers().size(),
            neighbours.parties().identity().orElseThrow(),
            usable(admitted).get(),
            neighbours.quarter());
    var identity =
        admitted instanceof Identity.Frozen(var _, Problem problem)
                && place.identity() instanceof Identity.Usable usable
            ? new Identity.Frozen(usable, problem)
            : steady(place.identity());
    var seen =
        usable(identity)
            .map(
                usable ->
                    bearers.on(
                        usable,
                        place.room(),
                        tokens,
                        status,
                        new Cohabitants(binding, neighbours.quarter().tenants())))
            .orElse(tokens);
    return facts(binding, status, seen, identity, place.name(), place.grants());
  }

  private BindingFacts facts(
      IdentityBinding binding,
      IdentityBindingStatus status,
      Subject subject,
      Identity identity,
      Optional<String> placement,
      Grants grants) {
    return new BindingFacts(
        new Lifetime(binding.getMetadata().getGeneration(), binding.isMarkedForDeletion()),
        subject,
        status,
        identity,
        placement,
        grants,
        bearers.rules(),
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
