package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists, page after page. A list is whole or it is a failure: half a list would look as if
 * the rest were gone.
 */
final class ArmLists {
  private static final int MOST_PAGES = 1_000;
  private static final String RESOURCES_VERSION = "2021-04-01";

  private final ArmCalls calls;
  private final ArmEndpoint endpoint;

  ArmLists(ArmCalls calls, ArmEndpoint endpoint) {
    this.calls = calls;
    this.endpoint = endpoint;
  }

  Answer<List<AzureIdentity>> identities(String scope) {
    var id = scope + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
    return all(
        ArmRequest.get(Call.LIST_IDENTITIES, id, ArmGateway.IDENTITY_VERSION),
        gone(scope),
        Readings::identity);
  }

  Answer<List<FederatedCredential>> credentials(IdentityId identity) {
    return all(
        ArmRequest.get(
            Call.LIST_CREDENTIALS,
            identity + "/federatedIdentityCredentials",
            ArmGateway.IDENTITY_VERSION),
        Set.of("ResourceNotFound", "ParentResourceNotFound", "ResourceGroupNotFound"),
        object -> Readings.credential(identity, object));
  }

  Answer<List<RoleAssignment>> roleAssignments(String scope) {
    var id = scope + "/providers/Microsoft.Authorization/roleAssignments";
    return all(
        ArmRequest.get(Call.LIST_ROLE_ASSIGNMENTS, id, ArmGateway.AUTHORIZATION_VERSION),
        Set.of(),
        Readings::assignment);
  }

  /** What the caller may do at a scope; who may do nothing in a subscription does not see it. */
  Answer<List<Permission>> permissions(String scope) {
    var id = scope + "/providers/Microsoft.Authorization/permissions";
    return all(
        ArmRequest.get(Call.LIST_PERMISSIONS, id, ArmGateway.AUTHORIZATION_VERSION),
        Set.of("SubscriptionNotFound"),
        Readings::permission);
  }

  Answer<List<AzureResource>> resources(String scope, String type) {
    var filter = "resourceType eq '%s'".formatted(type.replace("'", "''"));
    return all(
        ArmRequest.list(Call.LIST_RESOURCES, scope + "/resources", RESOURCES_VERSION, filter),
        gone(scope),
        Readings::resource);
  }

  /** A group that does not exist has nothing in it; a subscription that cannot be seen may. */
  private static Set<String> gone(String scope) {
    return scope.toLowerCase(Locale.ROOT).contains("/resourcegroups/")
        ? Set.of("ResourceGroupNotFound")
        : Set.of();
  }

  /**
   * Reads all pages.
   *
   * @param gone codes with which Azure says of the first page that there can be nothing
   */
  private <T> Answer<List<T>> all(ArmRequest first, Set<String> gone, ItemReading<T> each) {
    var found = new ArrayList<T>();
    var targets = new HashSet<String>();
    var absence = gone;
    var request = first;
    var receipt = Receipt.NONE;
    while (targets.add(request.target()) && targets.size() <= MOST_PAGES) {
      switch (page(request, absence, each)) {
        case Answer.Failed<Page<T>>(var problem, var why) -> {
          return new Answer.Failed<>(problem, why);
        }
        case Answer.Done<Page<T>>(var page, var last) -> {
          found.addAll(page.items());
          if (page.next() == null) {
            return new Answer.Done<>(List.copyOf(found), last);
          }
          request = ArmRequest.follow(first.call(), page.next());
          receipt = last;
          absence = Set.of();
        }
      }
    }
    return new Answer.Failed<>(
        new Problem.Unexpected(
            "Azure's list at %s has no end: page %d leads to another or back."
                .formatted(first.target(), targets.size())),
        receipt);
  }

  private <T> Answer<Page<T>> page(ArmRequest request, Set<String> gone, ItemReading<T> each) {
    return calls.send(
        request,
        reply -> reply.isSuccess() || isGone(reply, gone),
        reply -> reply.isSuccess() ? page(reply, each) : new Page<>(List.of(), null));
  }

  private static boolean isGone(Answered reply, Set<String> gone) {
    return reply.isAbsent() && gone.contains(reply.error().code());
  }

  private <T> Page<T> page(Answered reply, ItemReading<T> each) throws IOException {
    var object = reply.object();
    var items = new ArrayList<T>();
    for (var item : object.objects("value")) {
      items.add(each.of(item));
    }
    var link = object.text("nextLink");
    return new Page<>(items, link == null ? null : endpoint.target(link));
  }

  /** What a page holds, and the target of the next. */
  private record Page<T>(List<T> items, @Nullable String next) {}

  /** One element of a list in our words. */
  private interface ItemReading<T> {
    T of(ArmObject object) throws IOException;
  }
}
