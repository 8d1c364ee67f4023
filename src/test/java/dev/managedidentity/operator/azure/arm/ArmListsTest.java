package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, page by page, as recorded HTTP. */
class ArmListsTest {
  private static final String SUBSCRIPTION = "/subscriptions/s-1";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/platform";
  private static final String IDENTITIES =
      "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final IdentityId ORDERS = new IdentityId("s-1", "platform", "orders");

  private final RecordedHttp http = new RecordedHttp();
  private final ArmGateway gateway = http.gateway();

  @Test
  void readsTheIdentitiesOfASubscription() {
    http.answering(
        200,
        Map.of("x-ms-correlation-request-id", "c-7"),
        """
        {"value":[{"id":"/subscriptions/s-1/resourcegroups/platform/providers\
        /Microsoft.ManagedIdentity/userAssignedIdentities/orders","name":"orders",
        "location":"westeurope","tags":{"team":"shop"},"properties":{"tenantId":"T",
        "principalId":"P","clientId":"C","isolationScope":"Regional"}}]}\
        """);

    assertThat(gateway.listIdentities(SUBSCRIPTION))
        .isEqualTo(
            new Answer.Done<>(
                List.of(
                    new AzureIdentity(
                        ORDERS, "c", "p", "t", "westeurope", true, Map.of("team", "shop"))),
                new Receipt("c-7")));
    assertThat(http.lines())
        .containsExactly("GET " + SUBSCRIPTION + IDENTITIES + "?api-version=2024-11-30");
  }

  @Test
  void readsPageAfterPageAlsoBehindAnEmptyOne() {
    http.answering(200, page("https://arm.test/2?api-version=v&$skiptoken=a%2Bb", one("a")))
        .answering(200, page("https://ARM.test/3"))
        .answering(200, page("", one("b"), one("c")));

    assertThat(value(gateway.listIdentities(GROUP)))
        .extracting(identity -> identity.id().name())
        .containsExactly("a", "b", "c");
    assertThat(http.lines())
        .containsExactly(
            "GET " + GROUP + IDENTITIES + "?api-version=2024-11-30",
            "GET /2?api-version=v&$skiptoken=a%2Bb",
            "GET /3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.test/2", "http://arm.test/2", "https://arm.test@evil.test/2"})
  void neverFollowsALinkAway(String link) {
    http.answering(200, page(link, one("a")));

    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unexpected.class);
    assertThat(http.requests()).hasSize(1);
  }

  @Test
  void aListThatLeadsBackIsGivenUp() {
    http.answering(200, page("/2")).answering(200, page("/3")).answering(200, page("/2"));

    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unexpected.class);
    assertThat(http.requests()).hasSize(3);
  }

  @Test
  void aListWithoutEndIsGivenUp() {
    for (var i = 0; i < 1_001; i++) {
      http.answering(200, page("/next-" + i));
    }

    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unexpected.class);
    assertThat(http.requests()).hasSize(1_000);
  }

  @Test
  void halfAListIsNone() {
    http.answering(200, page("/2", one("a"))).answering(503, error("ServerBusy"));
    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unreachable.class);

    http.answering(200, page("/2", one("a"))).answering(404, error("ResourceGroupNotFound"));
    assertThat(problem(gateway.listIdentities(GROUP)).reason())
        .isEqualTo(Reason.RESOURCE_GROUP_NOT_FOUND);

    http.answering(200, page("/2", one("a")))
        .failing(new UncheckedIOException(new IOException("Connection reset")));
    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unreachable.class);

    http.answering(200, page("/2", one("a"))).answering(200, page("", "{\"id\":\"/x\"}"));
    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unexpected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"value\":7}", "{\"value\":[7]}", "not json"})
  void whatIsNoListIsUnexpected(String body) {
    http.answering(200, body);

    assertThat(problem(gateway.listIdentities(GROUP))).isInstanceOf(Problem.Unexpected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/s-1/resourcegroups/gone, ResourceGroupNotFound, true",
    "/subscriptions/s-1/resourceGroups/gone, SubscriptionNotFound, false",
    "/subscriptions/s-1, ResourceGroupNotFound, false",
    "/subscriptions/s-1, SubscriptionNotFound, false",
  })
  void onlyAGroupThatIsGoneHasNothing(String scope, String code, boolean isEmpty) {
    http.answering(404, error(code)).answering(404, error(code));

    var identities = gateway.listIdentities(scope);
    var resources = gateway.listResources(scope, "Microsoft.Web/sites");

    if (isEmpty) {
      assertThat(value(identities)).isEmpty();
      assertThat(value(resources)).isEmpty();
    } else {
      assertThat(problem(identities).reason()).isEqualTo(Reason.RESOURCE_GROUP_NOT_FOUND);
      assertThat(problem(resources).reason()).isEqualTo(Reason.RESOURCE_GROUP_NOT_FOUND);
    }
  }

  @Test
  void readsTheCredentialsOfAnIdentityAlsoThoseOfOthers() {
    http.answering(
        200,
        """
        {"value":[
          {"name":"api-1","properties":{"issuer":"https://i","subject":"s","audiences":["a"]}},
          {"name":"other","properties":{"issuer":"https://j","audiences":["a","b"],
           "claimsMatchingExpression":{"value":"claims['sub'] matches '*'"}}}]}\
        """);

    assertThat(value(gateway.listCredentials(ORDERS)))
        .containsExactly(
            new FederatedCredential(ORDERS, "api-1", "https://i", "s", "a"),
            new FederatedCredential(ORDERS, "other", "https://j", "", "a,b"));
    assertThat(http.lines())
        .containsExactly("GET " + ORDERS + "/federatedIdentityCredentials?api-version=2024-11-30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ResourceNotFound", "ParentResourceNotFound", "ResourceGroupNotFound"})
  void noIdentityHasNoCredentials(String code) {
    http.answering(404, error(code));

    assertThat(value(gateway.listCredentials(ORDERS))).isEmpty();
  }

  @Test
  void aSubscriptionThatIsNotThereSaysNothingOfCredentials() {
    http.answering(404, error("SubscriptionNotFound"));

    assertThat(problem(gateway.listCredentials(ORDERS)).reason())
        .isEqualTo(Reason.RESOURCE_GROUP_NOT_FOUND);
  }

  @Test
  void readsTheRoleAssignmentsThatAzureReturns() {
    http.answering(
        200,
        """
        {"value":[
          {"id":"/subscriptions/s-1/providers/Microsoft.Authorization/roleAssignments/g-1",
           "name":"g-1","properties":{"scope":"/subscriptions/s-1/resourcegroups/x",
           "roleDefinitionId":"/r","principalId":"p","principalType":"ServicePrincipal",
           "condition":"c","conditionVersion":"2.0","description":"d"}},
          {"id":"/providers/Microsoft.Authorization/roleAssignments/g-2",
           "name":"g-2","properties":{"scope":"/","roleDefinitionId":"/r","principalId":"p",
           "condition":null}}]}\
        """);

    assertThat(value(gateway.listRoleAssignments(SUBSCRIPTION)))
        .containsExactly(
            new RoleAssignment("/subscriptions/s-1/resourcegroups/x", "g-1", "/r", "p", "c", "d"),
            new RoleAssignment("/", "g-2", "/r", "p", null, null));
    assertThat(http.lines())
        .containsExactly(
            "GET "
                + SUBSCRIPTION
                + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01");
  }

  @Test
  void aScopeThatIsNotThereHasNoListOfRoleAssignments() {
    http.answering(404, error("ResourceGroupNotFound"));

    assertThat(problem(gateway.listRoleAssignments(GROUP)).reason())
        .isEqualTo(Reason.SCOPE_NOT_FOUND);
  }

  @Test
  void readsTheResourcesOfATypeWithTheirIdentities() {
    http.answering(
        200,
        """
        {"value":[
          {"id":"/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/sites/a",
           "identity":{"type":"SystemAssigned, UserAssigned","principalId":"p","tenantId":"t",
            "userAssignedIdentities":{"/subscriptions/S/Orders":{"clientId":"c"}}}},
          {"id":"/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/sites/b"}]}\
        """);

    assertThat(value(gateway.listResources(SUBSCRIPTION, "Microsoft.Web/sites")))
        .containsExactly(
            new AzureResource(
                "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/sites/a",
                "p",
                "t",
                Set.of("/subscriptions/s/orders")),
            new AzureResource(
                "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/sites/b",
                null,
                null,
                Set.of()));
    assertThat(http.lines())
        .containsExactly(
            "GET "
                + SUBSCRIPTION
                + "/resources?api-version=2021-04-01"
                + "&$filter=resourceType%20eq%20%27Microsoft.Web%2Fsites%27");
  }

  private static String one(String name) {
    return """
    {"id":"%s","location":"l","properties":{"tenantId":"t","principalId":"p","clientId":"c"}}\
    """
        .formatted(new IdentityId("s-1", "platform", name));
  }

  private static String page(String nextLink, String... items) {
    return "{\"value\":[%s],\"nextLink\":\"%s\"}".formatted(String.join(",", items), nextLink);
  }

  private static String error(String code) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"m\"}}".formatted(code);
  }
}
