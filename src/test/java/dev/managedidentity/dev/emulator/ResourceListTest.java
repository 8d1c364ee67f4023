package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.control.OutOfBand;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists of resources, by type and of all types, page by page. */
class ResourceListTest {
  private static final String VERSION = "?api-version=2021-04-01";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  @BeforeEach
  void createResourcesInTwoGroups() {
    var subscription = EMULATOR.azure().subscriptionId();
    client().putIdentity("orders");
    world().addResourceGroup(subscription, "other", "eastus");
    add(client().group(), "Microsoft.Compute/virtualMachines/one");
    add(client().group(), "Microsoft.Web/sites/shop");
    add(Scope.group(subscription, "other").path(), "Microsoft.Compute/virtualMachines/two");
    world()
        .resources()
        .assignIdentity(
            new Scope(client().group() + "/providers/Microsoft.Compute/virtualMachines/one"),
            new Scope(client().identity("orders")));
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static OutOfBand world() {
    return EMULATOR.control().outOfBand();
  }

  private static void add(String group, String typeAndName) {
    world().resources().add(new Scope(group + "/providers/" + typeAndName), "westeurope");
  }

  private static String subscription() {
    return "/subscriptions/" + EMULATOR.azure().subscriptionId();
  }

  private static List<JsonNode> all(String first) {
    var found = new ArrayList<JsonNode>();
    var link = first;
    while (!link.isEmpty()) {
      var page = client().call("GET", link, "").json();
      page.path("value").forEach(found::add);
      link = page.path("nextLink").asText();
    }
    return found;
  }

  private static List<String> names(String first) {
    return all(first).stream().map(one -> one.path("name").asText()).toList();
  }

  @Test
  void listsEverythingInASubscriptionOrAGroup() {
    assertThat(names(subscription() + "/resources" + VERSION))
        .containsExactlyInAnyOrder("one", "two", "shop", "orders");
    assertThat(names(client().group() + "/resources" + VERSION))
        .containsExactlyInAnyOrder("one", "shop", "orders");
  }

  @Test
  void narrowsByTypeAndTurnsPagesThatShowTheIdentity() {
    EMULATOR.control().setLimits(limits -> limits.withPageSize(1));
    var machines = "&$filter=resourceType eq 'microsoft.compute/virtualmachines'";

    var found = all(subscription() + "/resources" + VERSION + machines);

    assertThat(found).extracting(one -> one.path("name").asText()).contains("one", "two");
    assertThat(found).hasSize(2);
    var one = found.stream().filter(vm -> vm.path("name").asText().equals("one")).findFirst();
    assertThat(one.orElseThrow().path("identity").path("type").asText()).isEqualTo("UserAssigned");
    assertThat(one.orElseThrow().has("properties")).isFalse();
    assertThat(
            names(
                subscription()
                    + "/resources"
                    + VERSION
                    + machines
                    + " or resourceType eq 'Microsoft.Web/sites'"))
        .hasSize(3);
    assertThat(
            client()
                .call("GET", subscription() + "/resources" + VERSION + "&$filter=size eq 3", "")
                .errorCode())
        .isEqualTo("InvalidFilterInQueryString");
  }

  @Test
  void listsOneTypeAsItsServiceDoes() {
    var machines = "/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01";

    assertThat(names(subscription() + machines)).containsExactlyInAnyOrder("one", "two");
    assertThat(all(client().group() + machines).getFirst().has("properties")).isTrue();
  }

  @Test
  void showsNobodyWhatTheyMayNotRead() {
    var principal = world().addServicePrincipal("visitor");
    world().grant(principal.objectId(), "Website Contributor", Scope.subscription(id()));
    var token = client().token(principal.clientId(), principal.secret().orElseThrow());

    var seen = client().call(token, "GET", subscription() + "/resources" + VERSION, "").json();

    assertThat(seen.path("value"))
        .extracting(one -> one.path("name").asText())
        .containsOnly("shop");
  }

  private static String id() {
    return EMULATOR.azure().subscriptionId();
  }

  @Test
  void listsIdentitiesWithAllThatAnInventoryNeeds() {
    EMULATOR.control().setLimits(limits -> limits.withPageSize(1));
    client().putIdentity("payments");
    world().setTags(new Scope(client().identity("orders")), Map.of("owner", "shop"));
    world().setIsolationScope(new Scope(client().identity("orders")), "Regional");
    var list = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=2024-11-30";

    for (var place : List.of(subscription(), client().group())) {
      var found = all(place + list);

      assertThat(found).hasSize(2);
      var orders = found.getFirst();
      assertThat(orders.path("tags").path("owner").asText()).isEqualTo("shop");
      assertThat(orders.path("properties").path("isolationScope").asText()).isEqualTo("Regional");
      assertThat(orders.path("properties").path("principalId").isTextual()).isTrue();
      assertThat(orders.path("properties").path("clientId").isTextual()).isTrue();
    }
  }
}
