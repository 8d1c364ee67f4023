package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The fake's Azure resources. When it is slow, a change is seen only after its operation has
 * finished: when somebody has asked about it often enough, or when the next change comes, which is
 * later.
 */
final class FakeResources {
  private final Map<String, AzureResource> resources = new TreeMap<>();
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Supplier<String> principals;
  private boolean isSlow;
  private int questions;
  private int begun;

  FakeResources(Supplier<String> principals) {
    this.principals = principals;
  }

  /** From now on a change is not finished at once, but when asked about it once more than this. */
  void slow(int unfinishedQuestions) {
    isSlow = true;
    questions = unfinishedQuestions;
  }

  void put(AzureResource resource) {
    resources.put(key(resource.id()), resource);
  }

  void remove(String id) {
    resources.remove(key(id));
    operations.remove(key(id));
  }

  Optional<AzureResource> find(String id) {
    return Optional.ofNullable(resources.get(key(id)));
  }

  List<AzureResource> all() {
    return List.copyOf(resources.values());
  }

  List<AzureResource> list(String scope, String type) {
    var provider = "/providers/" + type.toLowerCase(Locale.ROOT) + "/";
    return resources.values().stream()
        .filter(one -> FakeAzure.isWithin(one.id(), scope))
        .filter(one -> key(one.id()).contains(provider))
        .toList();
  }

  Progress change(String id, IdentityChange change) {
    finish(id);
    var old = existing(id);
    if (change.isDoneOn(old)) {
      return new Progress.Finished(old);
    }
    begun++;
    var operation = new Operation("operation " + begun + " of " + id, change, questions);
    operations.put(key(id), operation);
    return isSlow ? new Progress.Running(operation.url()) : new Progress.Finished(finish(id));
  }

  Progress follow(String url, String id) {
    var operation = operations.get(key(id));
    if (operation == null || !operation.url().equals(url) || operation.questions() == 0) {
      return new Progress.Finished(finish(id));
    }
    operations.put(key(id), operation.asked());
    return new Progress.Running(url);
  }

  private AzureResource finish(String id) {
    var operation = operations.remove(key(id));
    var old = existing(id);
    var now = operation == null ? old : changed(old, operation.change());
    put(now);
    return now;
  }

  private AzureResource existing(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new FakeAzure.Refusal(
                    new Problem.Missing(Reason.AZURE_RESOURCE_NOT_FOUND, id + "?")));
  }

  private AzureResource changed(AzureResource old, IdentityChange change) {
    var users = new TreeSet<>(old.userAssigned());
    var principal = old.principalId();
    switch (change) {
      case IdentityChange.Assign(IdentityId identity) -> users.add(identity.key());
      case IdentityChange.Unassign(IdentityId identity) -> users.remove(identity.key());
      case IdentityChange.Enable _ -> principal = principals.get();
      case IdentityChange.Disable _ -> principal = null;
    }
    return AzureResource.of(old.id(), principal, principal == null ? null : "tenant", users);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  private record Operation(String url, IdentityChange change, int questions) {
    Operation asked() {
      return new Operation(url, change, questions - 1);
    }
  }
}
