package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Optional;

/** What a ManagedIdentity may ask for, as far as that can be told without Azure. Pure. */
record IdentityRules(Guardrails guardrails) {
  /**
   * Why a goal is not allowed, or somebody else's.
   *
   * @param rival another ManagedIdentity that has the same identity in Azure, by name
   */
  Optional<Problem> refusal(Goal goal, Optional<String> rival, Place place) {
    return switch (goal) {
      case Goal.Undefined _ -> Optional.empty();
      case Goal.OfResource(String id) -> guardrails.resource(place, id);
      case Goal.Defined(IdentityDefinition(IdentityId id, var _, var _, var _)) ->
          guardrails
              .identity(place, id.subscriptionId(), id.resourceGroup(), id.name())
              .or(() -> rival.map(other -> claimed(id, other)));
    };
  }

  /** It cannot be taken over while its owner lives in this cluster, but it can be shared. */
  private static Problem claimed(IdentityId id, String rival) {
    return new Problem.Refused(
        Reason.OWNED_BY_ANOTHER,
        "The identity %s belongs to %s.".formatted(id, rival),
        "Choose another azure.name, delete that ManagedIdentity, or share it: an IdentityBinding"
            + " can name it, from other namespaces too if its spec.allowedNamespaces allow it.");
  }
}
