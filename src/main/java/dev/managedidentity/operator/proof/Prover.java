package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.azure.AccessToken;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Assertion;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.WorkloadGateway;
import dev.managedidentity.operator.kube.AccountTokens;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Does what a pod does with a binding, once, and tells what came of it. It asks the API server and
 * Entra anew each time: what was true a moment ago is no proof.
 */
public final class Prover {
  private final AccountTokens accounts;
  private final WorkloadGateway workloads;
  private final AzureGateway azure;
  private final LongSupplier nanoTime;

  /**
   * Proves with these means.
   *
   * @param azure tells what roles allow; never used in a workload's place
   */
  public Prover(
      AccountTokens accounts,
      WorkloadGateway workloads,
      AzureGateway azure,
      LongSupplier nanoTime) {
    this.accounts = accounts;
    this.workloads = workloads;
    this.azure = azure;
    this.nanoTime = nanoTime;
  }

  /** Tries; blocks for two calls, and one more for each scope of a grant. */
  public Proof prove(Claim claim) {
    var start = nanoTime.getAsLong();
    return switch (accounts.request(claim.namespace(), claim.account(), claim.audience())) {
      case AccountTokens.Reply.Refused(Problem problem) -> new Proof.NotExchanged(problem);
      case AccountTokens.Reply.Issued(Assertion assertion) ->
          switch (workloads.exchange(claim.login(), assertion)) {
            case Answer.Failed<AccessToken>(Problem problem, var _) ->
                new Proof.NotExchanged(problem);
            case Answer.Done<AccessToken>(AccessToken token, var _) -> {
              var took = Duration.ofNanos(nanoTime.getAsLong() - start);
              yield new Proof.Exchanged(
                  assertion.issuer(), took, effects(claim.grants(), reading(token)));
            }
          };
    };
  }

  /** Asks once for each scope. */
  private Function<String, Answer<List<Permission>>> reading(AccessToken token) {
    var known = new HashMap<String, Answer<List<Permission>>>();
    return scope ->
        known.computeIfAbsent(
            scope.toLowerCase(Locale.ROOT), _ -> workloads.listPermissions(token, scope));
  }

  private List<Proof.Effect> effects(
      List<Claim.Grant> grants, Function<String, Answer<List<Permission>>> permissions) {
    return grants.stream()
        .map(grant -> new Proof.Effect(grant, problem(grant, permissions)))
        .toList();
  }

  private Optional<Problem> problem(
      Claim.Grant grant, Function<String, Answer<List<Permission>>> permissions) {
    return switch (azure.findRolePermissions(grant.definitionId())) {
      case Answer.Failed<List<Permission>>(Problem problem, var _) -> Optional.of(problem);
      case Answer.Done<List<Permission>>(var allowed, var _) ->
          switch (permissions.apply(grant.scope())) {
            case Answer.Failed<List<Permission>>(Problem problem, var _) -> Optional.of(problem);
            case Answer.Done<List<Permission>>(var own, var _) ->
                RoleCoverage.missing(allowed, own).map(action -> pending(grant, action));
          };
    };
  }

  private static Problem pending(Claim.Grant grant, String action) {
    return new Problem.Waiting(
        Reason.ROLES_PENDING,
        "At %s the role '%s' does not allow %s yet."
            .formatted(grant.scope(), grant.role(), action));
  }
}
