package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.Claim;
import dev.managedidentity.operator.proof.OpenGrants;
import dev.managedidentity.operator.proof.RoleProofs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an identity's roles are in force, as workloads' own tokens showed. Pure.
 *
 * @param isVerifying whether anybody looks
 * @param isProvable whether somebody uses the identity whose tokens can be had
 * @param results what was found of the roles
 */
record RoleEffects(
    boolean isVerifying, boolean isProvable, Map<Claim.Grant, RoleProofs.Result> results) {
  /** Nobody looks. */
  static final RoleEffects UNSEEN = new RoleEffects(false, true, Map.of());

  RoleEffects {
    results = Map.copyOf(results);
  }

  /** What is known of the roles in a status. */
  static RoleEffects of(
      ManagedIdentityStatus status, boolean isVerifying, boolean isProvable, RoleProofs proofs) {
    var id = status.resourceId();
    var results = new HashMap<Claim.Grant, RoleProofs.Result>();
    if (id != null && isVerifying) {
      for (var entry : status.roleAssignments()) {
        var grant = OpenGrants.grant(entry);
        var result = proofs.find(id, grant);
        if (result.isPresent() && isTakenDown(result.get(), entry)) {
          proofs.forget(id, grant); // it says nothing of an assignment that is made later
        } else {
          result.ifPresent(one -> results.put(grant, one));
        }
      }
    }
    return new RoleEffects(isVerifying, isProvable, results);
  }

  /** The status, with what was seen of its roles. */
  ManagedIdentityStatus noted(ManagedIdentityStatus status) {
    var noted = status;
    for (var entry : status.roleAssignments()) {
      var result = results.get(OpenGrants.grant(entry));
      if (entry.exists() && result != null && isNews(result, entry)) {
        noted =
            noted.withRole(
                result.problem().isEmpty() ? entry.effective(result.time()) : entry.ineffective());
      }
    }
    return noted;
  }

  private static boolean isTakenDown(RoleProofs.Result result, RoleAssignmentStatus entry) {
    return result.problem().isEmpty() && entry.effectiveSince() != null;
  }

  private static boolean isNews(RoleProofs.Result result, RoleAssignmentStatus entry) {
    return result.problem().isEmpty() == entry.awaitsEffect();
  }

  /** The condition that says so; empty when the identity has no roles. */
  Optional<Condition> condition(ManagedIdentityStatus status, long generation) {
    var made = status.roleAssignments().stream().filter(RoleAssignmentStatus::exists).toList();
    if (made.isEmpty()) {
      return Optional.empty();
    }
    if (status.azureResource() != null) {
      return Optional.of(
          unknown(Reason.NOT_APPLICABLE, Reason.NOT_APPLICABLE.meaning(), generation));
    }
    if (!isVerifying) {
      return Optional.of(
          unknown(
              Reason.VERIFICATION_DISABLED, Reason.VERIFICATION_DISABLED.meaning(), generation));
    }
    var open = made.stream().filter(RoleAssignmentStatus::awaitsEffect).toList();
    if (!open.isEmpty() && !isProvable) {
      return Optional.of(
          unknown(Reason.NOT_APPLICABLE, Reason.NOT_APPLICABLE.meaning(), generation));
    }
    if (open.isEmpty()) {
      return Optional.of(
          Conditions.condition(
              Conditions.ROLES_EFFECTIVE,
              "True",
              Reason.ROLES_EFFECTIVE,
              "A workload's own token shows that all %d role assignment(s) are in force."
                  .formatted(made.size()),
              generation));
    }
    return Optional.of(
        open.stream()
            .flatMap(entry -> Optional.ofNullable(results.get(OpenGrants.grant(entry))).stream())
            .flatMap(result -> result.problem().stream())
            .findFirst()
            .map(problem -> pending(problem, generation))
            .orElseGet(
                () ->
                    unknown(
                        Reason.ROLES_PENDING,
                        "No workload has signed in as the identity since its roles were assigned.",
                        generation)));
  }

  private static Condition pending(Problem problem, long generation) {
    return unknown(problem.reason(), problem.message(), generation);
  }

  private static Condition unknown(Reason reason, String message, long generation) {
    return Conditions.condition(Conditions.ROLES_EFFECTIVE, "Unknown", reason, message, generation);
  }
}
