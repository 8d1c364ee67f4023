package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import dev.managedidentity.operator.identity.IdentityFacts.Existing;
import dev.managedidentity.operator.identity.IdentityFacts.Lifetime;
import dev.managedidentity.operator.ownership.Owner;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Optional;

/** Tells whose an identity is that Azure has. Pure. */
record Recognition(IdentityGoals goals, Guardrails guardrails) {
  /** Ours or somebody else's, and then whether we may have it. */
  Existing of(
      AzureIdentity found,
      ManagedIdentity resource,
      Lifetime lifetime,
      ManagedIdentityStatus status,
      Place place) {
    var owner = goals.owner(resource);
    var other = Owner.ofTags(found.tags());
    if (other.isPresent()
        ? other.get().isSameResource(owner)
        : isOursByName(resource, found, lifetime, status)) {
      return new Existing.Ours(found);
    }
    var description = other.map(o -> "belongs to " + o).orElse("carries no owner's tags");
    var refusal = Optional.of(owned(found.id(), description));
    return new Existing.Foreign(
        found,
        switch (lifetime.management()) {
          case MANAGE -> refusal;
          case ADOPT ->
              status.clientId() != null // it was ours: two who adopt must not go on for ever
                  ? refusal
                  : guardrails.adoption(place, found.id().toString());
          case OBSERVE -> Optional.empty();
        });
  }

  /** Somebody may have taken the tags away, or put another in the place of what was ours. */
  private boolean isOursByName(
      ManagedIdentity resource,
      AzureIdentity found,
      Lifetime lifetime,
      ManagedIdentityStatus status) {
    return found.principalId().equals(status.principalId())
        || (!lifetime.isDeleting() && (status.clientId() != null || goals.isDerived(resource)));
  }

  private static Problem owned(IdentityId id, String description) {
    return new Problem.Refused(
        Reason.OWNED_BY_ANOTHER, "The identity %s exists and %s.".formatted(id, description));
  }
}
