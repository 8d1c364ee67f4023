package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fake's roles and role assignments. */
final class FakeGrants {
  private final Map<String, RoleAssignment> assignments = new TreeMap<>();
  private final Map<String, String> roles = new TreeMap<>();

  void putRole(String name, String definitionId) {
    roles.put(name, definitionId);
  }

  String role(String name) {
    var id = roles.get(name);
    if (id == null) {
      throw new FakeAzure.Refusal(new Problem.Missing(Reason.ROLE_NOT_FOUND, name + "?"));
    }
    return id;
  }

  /** A role of the fake allows one action, which is its id. */
  List<Permission> permissions(String definitionId) {
    if (!roles.containsValue(definitionId)) {
      throw new FakeAzure.Refusal(new Problem.Missing(Reason.ROLE_NOT_FOUND, definitionId + "?"));
    }
    return List.of(new Permission(List.of(definitionId), List.of(), List.of(), List.of()));
  }

  void put(RoleAssignment assignment) {
    assignments.put(key(assignment.id()), assignment);
  }

  void remove(String id) {
    assignments.remove(key(id));
  }

  List<RoleAssignment> all() {
    return List.copyOf(assignments.values());
  }

  List<RoleAssignment> list(String scope) {
    return assignments.values().stream()
        .filter(one -> FakeAzure.isWithin(one.scope(), scope))
        .toList();
  }

  Grant write(RoleAssignment wanted) {
    var old = assignments.get(key(wanted.id()));
    if (old != null && !old.principalId().equals(wanted.principalId())) {
      throw new FakeAzure.Refusal(
          new Problem.Blocked(Reason.IMMUTABLE_CONFLICT, "another principal"));
    }
    if (old == null && assignments.values().stream().anyMatch(one -> isSameGrant(one, wanted))) {
      return Grant.FOREIGN;
    }
    put(wanted);
    return Grant.OURS;
  }

  private static boolean isSameGrant(RoleAssignment one, RoleAssignment other) {
    return one.scope().equalsIgnoreCase(other.scope())
        && one.roleDefinitionId().equals(other.roleDefinitionId())
        && one.principalId().equals(other.principalId());
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
