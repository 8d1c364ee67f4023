package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small Azure in memory that keeps Azure's rules, remembers every call, and fails as it is told.
 */
public final class FakeAzure implements AzureGateway {
  private final FakeIdentities identities = new FakeIdentities();
  private final FakeGrants grants = new FakeGrants();
  private final FakeResources resources = new FakeResources(identities::nextPrincipal);
  private final List<String> calls = new ArrayList<>();
  private final Deque<Fault> planned = new ArrayDeque<>();
  private Supplier<Fault> chance = () -> Fault.NONE;

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
    grants.putRole(name, definitionId);
    return this;
  }

  /** An identity that somebody made. */
  public FakeAzure withIdentity(IdentityId id, Map<String, String> tags) {
    identities.write(new IdentityDefinition(id, "westeurope", false, tags));
    return this;
  }

  /** An assignment that somebody made. */
  public FakeAzure withAssignment(RoleAssignment assignment) {
    grants.put(assignment);
    return this;
  }

  /** A credential that somebody made or changed. */
  public FakeAzure withCredential(FederatedCredential credential) {
    identities.putCredential(credential);
    return this;
  }

  /** A resource that can have identities. */
  public FakeAzure withResource(AzureResource resource) {
    resources.put(resource);
    return this;
  }

  /** A change of a resource is finished, and seen, when its operation is asked about. */
  public FakeAzure slow() {
    return slow(0);
  }

  /** The same, but only when it is asked about once more than this. */
  public FakeAzure slow(int unfinishedQuestions) {
    resources.slow(unfinishedQuestions);
    return this;
  }

  /** Removes a resource as somebody in the portal would. */
  public void removeResource(String id) {
    resources.remove(id);
  }

  /** Deletes an identity, and so its credentials, as somebody in the portal would. */
  public void removeIdentity(IdentityId id) {
    identities.remove(id);
  }

  /** Deletes an identity and makes it again with its tags: it has other ids, and no credentials. */
  public void replaceIdentity(IdentityId id) {
    identities.replace(id);
  }

  /** Gives an identity these tags and no others. */
  public void setTags(IdentityId id, Map<String, String> tags) {
    identities.edit(id, old -> new IdentityDefinition(id, old.location(), old.isRegional(), tags));
  }

  /** Gives an identity another isolation scope. */
  public void setRegional(IdentityId id, boolean isRegional) {
    identities.edit(id, old -> new IdentityDefinition(id, old.location(), isRegional, old.tags()));
  }

  /** Deletes a credential as somebody in the portal would. */
  public void removeCredential(IdentityId identity, String name) {
    identities.removeCredential(identity, name);
  }

  /** Deletes a role assignment as somebody in the portal would. */
  public void removeAssignment(String id) {
    grants.remove(id);
  }

  /** Verb and name of each call so far; forgets them. */
  public List<String> takeCalls() {
    var taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  public List<AzureIdentity> identities() {
    return identities.all();
  }

  public List<FederatedCredential> credentials() {
    return identities.allCredentials();
  }

  public List<RoleAssignment> assignments() {
    return grants.all();
  }

  public List<AzureResource> resources() {
    return resources.all();
  }

  @Override
  public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
    return call("FindIdentity " + id.name(), () -> identities.find(id));
  }

  @Override
  public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
    return call("WriteIdentity " + definition.id().name(), () -> identities.write(definition));
  }

  @Override
  public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
    return call(
        "DeleteIdentity " + id.name(),
        () -> {
          removeIdentity(id);
          return null;
        });
  }

  @Override
  public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
    return call(
        "WriteCredential " + credential.name(),
        () -> {
          identities.writeCredential(credential);
          return null;
        });
  }

  @Override
  public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
    return call(
        "DeleteCredential " + name,
        () -> {
          removeCredential(identity, name);
          return null;
        });
  }

  @Override
  public Answer<String> findRole(String scope, String roleName) {
    return call("FindRole " + roleName, () -> grants.role(roleName));
  }

  @Override
  public Answer<List<Permission>> findRolePermissions(String roleDefinitionId) {
    return call(
        "FindRolePermissions " + roleDefinitionId, () -> grants.permissions(roleDefinitionId));
  }

  @Override
  public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
    return call("WriteRoleAssignment " + assignment.scope(), () -> grants.write(assignment));
  }

  @Override
  public Answer<@Nullable Void> deleteRoleAssignment(String id) {
    return call(
        "DeleteRoleAssignment " + id.substring(0, id.indexOf("/providers/Microsoft.Authorization")),
        () -> {
          removeAssignment(id);
          return null;
        });
  }

  @Override
  public Answer<Optional<AzureResource>> findResource(String id) {
    return call("FindResource " + id, () -> resources.find(id));
  }

  @Override
  public Answer<Progress> changeResource(String id, IdentityChange change) {
    return call(
        "ChangeResource " + change.getClass().getSimpleName() + " " + id,
        () -> resources.change(id, change));
  }

  @Override
  public Answer<Progress> followOperation(String operation, String resourceId) {
    return call("FollowOperation " + resourceId, () -> resources.follow(operation, resourceId));
  }

  @Override
  public Answer<List<AzureIdentity>> listIdentities(String scope) {
    return call("ListIdentities " + scope, () -> identities.list(scope));
  }

  @Override
  public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
    return call("ListCredentials " + identity.name(), () -> identities.listCredentials(identity));
  }

  @Override
  public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
    return call("ListRoleAssignments " + scope, () -> grants.list(scope));
  }

  @Override
  public Answer<List<AzureResource>> listResources(String scope, String type) {
    return call("ListResources " + scope + " " + type, () -> resources.list(scope, type));
  }

  /** Whether a resource id is the scope or below it. */
  static boolean isWithin(String id, String scope) {
    var lower = scope.toLowerCase(Locale.ROOT);
    return (id.toLowerCase(Locale.ROOT) + "/")
        .startsWith(lower.endsWith("/") ? lower : lower + "/");
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
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.message());
      this.problem = problem;
    }
  }
}
