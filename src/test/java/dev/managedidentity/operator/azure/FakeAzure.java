package dev.managedidentity.operator.azure;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small Azure in memory that keeps Azure's rules, remembers every call, and fails as it is told.
 */
public final class FakeAzure implements AzureGateway {
  private final Map<String, AzureIdentity> identities = new TreeMap<>();
  private final Map<String, FederatedCredential> credentials = new TreeMap<>();
  private final Map<String, RoleAssignment> assignments = new TreeMap<>();
  private final Map<String, String> roles = new TreeMap<>();
  private final Map<String, AzureResource> resources = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Deque<Fault> planned = new ArrayDeque<>();
  private Supplier<Fault> chance = () -> Fault.NONE;
  private boolean isSlow;
  private int created;

  /**
   * What happens to one call.
   *
   * @param problem the answer; null for the true one
   * @param isCarriedOut whether the call has its effect all the same
   */
  public record Fault(@Nullable Problem problem, boolean isCarriedOut) {
    /** No fault. */
    public static final Fault NONE = new Fault(null, true);
  }

  /** The next call that has no fault yet is answered so, and has no effect. */
  public FakeAzure failing(Problem problem) {
    planned.add(new Fault(problem, false));
    return this;
  }

  /** The next call that has no fault yet is answered truly. */
  public FakeAzure answering() {
    planned.add(Fault.NONE);
    return this;
  }

  /** The next call that has no fault yet is carried out, but its answer is lost. */
  public FakeAzure losingTheAnswer() {
    planned.add(new Fault(new Problem.Unreachable("The answer was lost."), true));
    return this;
  }

  /** Every call without a planned fault has this one. */
  public void failBy(Supplier<Fault> faults) {
    chance = faults;
  }

  /** A role definition that exists everywhere. */
  public FakeAzure withRole(String name, String definitionId) {
    roles.put(name, definitionId);
    return this;
  }

  /** An identity that somebody made. */
  public FakeAzure withIdentity(IdentityId id, Map<String, String> tags) {
    identities.put(id.key(), created(new IdentityDefinition(id, "westeurope", false, tags)));
    return this;
  }

  /** An assignment that somebody made. */
  public FakeAzure withAssignment(RoleAssignment assignment) {
    assignments.put(assignment.id().toLowerCase(Locale.ROOT), assignment);
    return this;
  }

  /** Verb and name of each call so far; forgets them. */
  public List<String> takeCalls() {
    var taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  public List<AzureIdentity> identities() {
    return List.copyOf(identities.values());
  }

  public List<FederatedCredential> credentials() {
    return List.copyOf(credentials.values());
  }

  public List<RoleAssignment> assignments() {
    return List.copyOf(assignments.values());
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return call("FindIdentity " + id.name(), () -> Optional.ofNullable(identities.get(id.key())));
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return call(
        "WriteIdentity " + definition.id().name(),
        () ->
            identities.compute(
                definition.id().key(),
                (_, old) -> old == null ? created(definition) : changed(old, definition)));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return call(
        "DeleteIdentity " + id.name(),
        () -> {
          identities.remove(id.key());
          credentials.values().removeIf(credential -> credential.identity().isSame(id));
          return null;
        });
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return call(
        "WriteCredential " + credential.name(),
        () -> {
          refuseCredential(credential);
          credentials.put(key(credential.identity(), credential.name()), credential);
          return null;
        });
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return call(
        "DeleteCredential " + name,
        () -> {
          credentials.remove(key(identity, name));
          return null;
        });
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return call(
        "FindRole " + roleName,
        () -> {
          var id = roles.get(roleName);
          if (id == null) {
            throw new Refusal(new Problem.Missing(Reason.ROLE_NOT_FOUND, roleName + "?"));
          }
          return id;
        });
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return call("WriteRoleAssignment " + assignment.scope(), () -> grant(assignment));
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return call(
        "DeleteRoleAssignment " + id.substring(0, id.indexOf("/providers/Microsoft.Authorization")),
        () -> {
          assignments.remove(id.toLowerCase(Locale.ROOT));
          return null;
        });
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return call(
        "FindResource " + id,
        () -> Optional.ofNullable(resources.get(id.toLowerCase(Locale.ROOT))));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return call(
        "ChangeResource " + change.getClass().getSimpleName() + " " + id,
        () -> {
          var old = resources.get(id.toLowerCase(Locale.ROOT));
          if (old == null) {
            throw new Refusal(new Problem.Missing(Reason.AZURE_RESOURCE_NOT_FOUND, id + "?"));
          }
          var now = change.isDoneOn(old) ? old : changed(old, change);
          resources.put(id.toLowerCase(Locale.ROOT), now);
          return isSlow ? new Progress.Running("operation of " + id) : new Progress.Finished(now);
        });
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return call(
        "FollowOperation " + resourceId,
        () ->
            new Progress.Finished(
                requireNonNull(resources.get(resourceId.toLowerCase(Locale.ROOT)))));
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return call(
        "ListIdentities " + scope,
        () ->
            identities.values().stream()
                .filter(one -> one.id().key().startsWith(scope.toLowerCase(Locale.ROOT)))
                .toList());
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return call(
        "ListCredentials " + identity.name(),
        () ->
            credentials.values().stream().filter(one -> one.identity().isSame(identity)).toList());
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return call(
        "ListRoleAssignments " + scope,
        () ->
            assignments.values().stream()
                .filter(one -> one.scope().toLowerCase(Locale.ROOT).startsWith(scope))
                .toList());
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return call(
        "ListResources " + scope + " " + type,
        () ->
            resources.values().stream()
                .filter(one -> one.id().toLowerCase(Locale.ROOT).startsWith(scope))
                .toList());
  }

  /** A resource that can have identities. */
  public FakeAzure withResource(AzureResource resource) {
    resources.put(resource.id().toLowerCase(Locale.ROOT), resource);
    return this;
  }

  /** Removes a resource as somebody in the portal would. */
  public void removeResource(String id) {
    resources.remove(id.toLowerCase(Locale.ROOT));
  }

  /** Changes of resources are not finished at once. */
  public FakeAzure slow() {
    isSlow = true;
    return this;
  }

  public List<AzureResource> resources() {
    return List.copyOf(resources.values());
  }

  private AzureResource changed(AzureResource old, IdentityChange change) {
    var users = new TreeSet<>(old.userAssigned());
    var principal = old.principalId();
    switch (change) {
      case IdentityChange.Assign(IdentityId identity) -> users.add(identity.key());
      case IdentityChange.Unassign(IdentityId identity) -> users.remove(identity.key());
      case IdentityChange.Enable _ -> {
        created++;
        principal = "principal-" + created;
      }
      case IdentityChange.Disable _ -> principal = null;
    }
    return AzureResource.of(old.id(), principal, principal == null ? null : "tenant", users);
  }

  private Grant grant(RoleAssignment wanted) {
    var key = wanted.id().toLowerCase(Locale.ROOT);
    var old = assignments.get(key);
    if (old != null && !old.principalId().equals(wanted.principalId())) {
      throw new Refusal(new Problem.Blocked(Reason.IMMUTABLE_CONFLICT, "another principal"));
    }
    if (old == null && assignments.values().stream().anyMatch(one -> isSameGrant(one, wanted))) {
      return Grant.FOREIGN;
    }
    assignments.put(key, wanted);
    return Grant.OURS;
  }

  private static boolean isSameGrant(RoleAssignment one, RoleAssignment other) {
    return one.scope().equalsIgnoreCase(other.scope())
        && one.roleDefinitionId().equals(other.roleDefinitionId())
        && one.principalId().equals(other.principalId());
  }

  private void refuseCredential(FederatedCredential wanted) {
    if (!identities.containsKey(wanted.identity().key())) {
      throw new Refusal(new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, "no identity"));
    }
    var isTaken =
        credentials.values().stream()
            .filter(one -> one.identity().isSame(wanted.identity()))
            .filter(one -> !one.name().equals(wanted.name()))
            .anyMatch(
                one ->
                    one.issuer().equals(wanted.issuer()) && one.subject().equals(wanted.subject()));
    if (isTaken) {
      throw new Refusal(new Problem.Blocked(Reason.SUBJECT_ALREADY_BOUND, "taken"));
    }
  }

  private AzureIdentity created(IdentityDefinition definition) {
    created++;
    return new AzureIdentity(
        definition.id(),
        "client-" + created,
        "principal-" + created,
        "tenant",
        definition.location(),
        definition.isRegional(),
        definition.tags());
  }

  private static AzureIdentity changed(AzureIdentity old, IdentityDefinition definition) {
    return new AzureIdentity(
        old.id(),
        old.clientId(),
        old.principalId(),
        old.tenantId(),
        old.location(),
        definition.isRegional(),
        definition.tags());
  }

  private static String key(IdentityId identity, String name) {
    return identity.key() + "/" + name;
  }

  private <T extends @Nullable Object> Answer<T> call(String words, Supplier<T> effect) {
    calls.add(words);
    var receipt = new Receipt("correlation-" + calls.size());
    var fault = planned.isEmpty() ? chance.get() : planned.remove();
    var problem = fault.problem();
    if (problem != null && !fault.isCarriedOut()) {
      return new Answer.Failed<>(problem, receipt);
    }
    try {
      var value = effect.get();
      return problem == null
          ? new Answer.Done<>(value, receipt)
          : new Answer.Failed<>(problem, Receipt.NONE);
    } catch (Refusal refusal) {
      return new Answer.Failed<>(refusal.problem, receipt);
    }
  }

  /** Azure's own no. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.message());
      this.problem = problem;
    }
  }
}
