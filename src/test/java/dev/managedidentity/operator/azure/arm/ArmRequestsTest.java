package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmRequestsTest {
  private static final IdentityId ORDERS = new IdentityId("s-1", "plätze (eu)", "orders");
  private static final String ORDERS_URL =
      "https://arm.test/subscriptions/s-1/resourceGroups/pl%C3%A4tze%20(eu)/providers"
          + "/Microsoft.ManagedIdentity/userAssignedIdentities/orders";
  private static final FederatedCredential CREDENTIAL =
      new FederatedCredential(
          ORDERS, "api-1", "https://issuer", "system:serviceaccount:a:b", "api://X");
  private static final String GUID = "593d4771-9b19-5096-804b-7b96d6e5a5ac";
  private static final RoleAssignment ASSIGNMENT =
      new RoleAssignment("/subscriptions/s-1", GUID, "/roles/reader", "p-1", null, null);
  private static final Map<String, String> CORRELATION =
      Map.of("x-ms-correlation-request-id", "c-7");
  private static final String IDENTITY =
      """
      {"id":"/subscriptions/s-1/resourcegroups/x","location":"westeurope","tags":{"team":"shop"},
       "properties":{"tenantId":"00000000-0000-0000-0000-000000000001",
        "principalId":"00000000-0000-0000-0000-000000000002",
        "clientId":"00000000-0000-0000-0000-000000000003"}}\
      """;

  private final RecordedHttp http = new RecordedHttp();
  private final ArmGateway gateway = http.gateway();

  @Test
  void readsAnIdentity() {
    http.answering(200, CORRELATION, IDENTITY);

    assertThat(gateway.findIdentity(ORDERS))
        .isEqualTo(new Answer.Done<>(Optional.of(identity()), new Receipt("c-7")));
    assertThat(onlyRequest()).isEqualTo("GET " + ORDERS_URL + "?api-version=2024-11-30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ResourceNotFound", "ResourceGroupNotFound"})
  void anIdentityThatIsNotThereIsNoFailure(String code) {
    http.answering(404, CORRELATION, error(code, "not there"));

    assertThat(gateway.findIdentity(ORDERS))
        .isEqualTo(new Answer.Done<>(Optional.empty(), new Receipt("c-7")));
  }

  @Test
  void aSubscriptionThatIsNotThereSaysNothingAboutItsIdentities() {
    http.answering(404, CORRELATION, error("SubscriptionNotFound", "not there"));

    assertThat(problem(gateway.findIdentity(ORDERS)).reason())
        .isEqualTo(Reason.RESOURCE_GROUP_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({"true, Regional", "false, None"})
  void writesAnIdentityWithItsIsolationScope(boolean isRegional, String isolationScope) {
    http.answering(201, CORRELATION, IDENTITY);

    var answer =
        gateway.writeIdentity(
            new IdentityDefinition(ORDERS, "westeurope", isRegional, Map.of("team", "shop")));

    assertThat(answer).isEqualTo(new Answer.Done<>(identity(), new Receipt("c-7")));
    assertThat(onlyRequest()).isEqualTo("PUT " + ORDERS_URL + "?api-version=2024-11-30");
    assertThat(body())
        .isEqualTo(
            "{\"location\":\"westeurope\",\"tags\":{\"team\":\"shop\"},\"properties\":"
                + "{\"isolationScope\":\"%s\"}}".formatted(isolationScope));
  }

  @Test
  void writesACredential() {
    http.answering(201, CORRELATION, "{}");

    assertThat(gateway.writeCredential(CREDENTIAL))
        .isEqualTo(new Answer.Done<>(null, new Receipt("c-7")));
    assertThat(onlyRequest())
        .isEqualTo(
            "PUT " + ORDERS_URL + "/federatedIdentityCredentials/api-1?api-version=2024-11-30");
    assertThat(body())
        .isEqualTo(
            "{\"properties\":{\"issuer\":\"https://issuer\","
                + "\"subject\":\"system:serviceaccount:a:b\",\"audiences\":[\"api://X\"]}}");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 404})
  void whatIsGoneIsDeleted(int status) {
    http.answering(status, CORRELATION, status == 404 ? error("ResourceNotFound", "x") : "");
    http.answering(status, CORRELATION, "");
    http.answering(status, CORRELATION, "");
    var done = new Answer.Done<>(null, new Receipt("c-7"));

    assertThat(gateway.deleteIdentity(ORDERS)).isEqualTo(done);
    assertThat(gateway.deleteCredential(ORDERS, "api-1")).isEqualTo(done);
    assertThat(gateway.deleteRoleAssignment(ASSIGNMENT.id())).isEqualTo(done);
    assertThat(http.requests().stream().map(ArmRequestsTest::line))
        .containsExactly(
            "DELETE " + ORDERS_URL + "?api-version=2024-11-30",
            "DELETE " + ORDERS_URL + "/federatedIdentityCredentials/api-1?api-version=2024-11-30",
            "DELETE https://arm.test" + ASSIGNMENT.id() + "?api-version=2022-04-01");
  }

  @Test
  void looksUpARoleByItsExactNameInAnyCase() {
    http.answering(
        200,
        CORRELATION,
        """
        {"value":[{"id":"/r/1","properties":{"roleName":"Reader of 'A' & Co (old)"}},
                  {"id":"/r/2","properties":{"roleName":"reader of 'a' & co"}}]}\
        """);

    assertThat(gateway.findRole("/subscriptions/s-1/resourceGroups/rg", "Reader of 'A' & Co"))
        .isEqualTo(new Answer.Done<>("/r/2", new Receipt("c-7")));
    assertThat(onlyRequest())
        .isEqualTo(
            "GET https://arm.test/subscriptions/s-1/resourceGroups/rg/providers"
                + "/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01"
                + "&$filter=roleName%20eq%20%27Reader%20of%20%27%27A%27%27%20%26%20Co%27");
  }

  @Test
  void saysWhichRoleDoesNotExistWhere() {
    http.answering(200, "{\"value\":[]}");

    assertThat(problem(gateway.findRole("/subscriptions/s-1", "Raeder")))
        .isEqualTo(
            new Problem.Missing(
                Reason.ROLE_NOT_FOUND,
                "No role definition at /subscriptions/s-1 has the name 'Raeder'."));
  }

  @Test
  void assignsARoleToAServicePrincipalSoThatAzureDoesNotLookForIt() {
    http.answering(201, CORRELATION, "{}");

    assertThat(gateway.writeRoleAssignment(ASSIGNMENT))
        .isEqualTo(new Answer.Done<>(Grant.OURS, new Receipt("c-7")));
    assertThat(onlyRequest())
        .isEqualTo("PUT https://arm.test" + ASSIGNMENT.id() + "?api-version=2022-04-01");
    assertThat(body())
        .isEqualTo(
            "{\"properties\":{\"roleDefinitionId\":\"/roles/reader\",\"principalId\":\"p-1\","
                + "\"principalType\":\"ServicePrincipal\"}}");
  }

  @Test
  void aConditionIsSentWithItsVersionAndADescriptionAsItIs() {
    http.answering(201, CORRELATION, "{}");

    gateway.writeRoleAssignment(
        new RoleAssignment(
            "/subscriptions/s-1", GUID, "/roles/reader", "p-1", "@Resource[x] == 'y'", "why"));

    assertThat(body())
        .isEqualTo(
            "{\"properties\":{\"roleDefinitionId\":\"/roles/reader\",\"principalId\":\"p-1\","
                + "\"principalType\":\"ServicePrincipal\",\"description\":\"why\","
                + "\"condition\":\"@Resource[x] == 'y'\",\"conditionVersion\":\"2.0\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BadRequestFormat",
        "InvalidResourceName",
        "InvalidResourceNamespace",
        "InvalidResourceType",
        "InvalidScope",
        "InvalidSubscriptionId",
        "MissingSubscription"
      })
  void anAssignmentAtAScopeThatCannotExistIsDeleted(String code) {
    http.answering(400, CORRELATION, error(code, "no such scope"));

    assertThat(gateway.deleteRoleAssignment(ASSIGNMENT.id()))
        .isEqualTo(new Answer.Done<>(null, new Receipt("c-7")));
  }

  @Test
  void anAssignmentThatAzureWillNotDeleteIsNotDeleted() {
    http.answering(400, CORRELATION, error("SomethingElse", "no"));

    assertThat(problem(gateway.deleteRoleAssignment(ASSIGNMENT.id())).reason())
        .isEqualTo(Reason.INVALID_REQUEST);
  }

  @Test
  void anIdentityIsRegionalWhenItsIsolationScopeSaysSo() {
    http.answering(
        200, IDENTITY.replace("\"tenantId\"", "\"isolationScope\":\"Regional\",\"tenantId\""));

    assertThat(gateway.findIdentity(ORDERS))
        .isInstanceOfSatisfying(
            Answer.Done.class,
            done ->
                assertThat(done.value())
                    .asInstanceOf(InstanceOfAssertFactories.optional(AzureIdentity.class))
                    .hasValueSatisfying(found -> assertThat(found.isRegional()).isTrue()));
  }

  @ParameterizedTest
  @CsvSource({
    "The ID of the conflicting role assignment is 593d47719b195096804b7b96d6e5a5ac., OURS",
    "The ID of the conflicting role assignment is 593D47719B195096804B7B96D6E5A5AC., OURS",
    "The ID of the conflicting role assignment is 00000000000000000000000000000000., FOREIGN",
    "The role assignment already exists., FOREIGN",
  })
  void tellsOurAssignmentFromAnothers(String message, Grant grant) {
    http.answering(409, CORRELATION, error("RoleAssignmentExists", message));

    assertThat(gateway.writeRoleAssignment(ASSIGNMENT))
        .isEqualTo(new Answer.Done<>(grant, new Receipt("c-7")));
  }

  @Test
  void aFailureCarriesItsReceiptAndIsNotTriedAgain() {
    http.answering(503, CORRELATION, error("ServerBusy", "later"));

    assertThat(gateway.writeCredential(CREDENTIAL))
        .isEqualTo(
            new Answer.Failed<>(new Problem.Unreachable("ServerBusy: later"), new Receipt("c-7")));
    assertThat(http.requests()).hasSize(1);
  }

  @Test
  void noAnswerIsNotTriedAgainEither() {
    http.failing(new UncheckedIOException(new IOException("Connection reset")));

    assertThat(gateway.writeCredential(CREDENTIAL))
        .isEqualTo(
            new Answer.Failed<>(
                new Problem.Unreachable(
                    "Azure Resource Manager could not be reached: IOException: Connection reset"),
                Receipt.NONE));
    assertThat(http.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "{\"location\":\"westeurope\"}", "[1]"})
  void aGoodAnswerWithoutWhatItShouldSayIsUnexpected(String body) {
    http.answering(200, CORRELATION, body);

    http.answering(200, CORRELATION, body);

    assertThat(problem(gateway.findIdentity(ORDERS))).isInstanceOf(Problem.Unexpected.class);
    assertThat(problem(gateway.findRole("/subscriptions/s", "Reader")))
        .isInstanceOf(Problem.Unexpected.class);
  }

  @Test
  void everyRequestHasAnIdOfItsOwnAndAToken() {
    http.answering(204, "").answering(204, "");

    gateway.deleteIdentity(ORDERS);
    gateway.deleteIdentity(ORDERS);

    assertThat(http.requests())
        .extracting(
            request ->
                request.getHeaders().getValue(HttpHeaderName.fromString("x-ms-client-request-id")))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(http.requests())
        .extracting(request -> request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
        .containsOnly("Bearer t");
  }

  private static AzureIdentity identity() {
    return new AzureIdentity(
        ORDERS,
        "00000000-0000-0000-0000-000000000003",
        "00000000-0000-0000-0000-000000000002",
        "00000000-0000-0000-0000-000000000001",
        "westeurope",
        false,
        Map.of("team", "shop"));
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message);
  }

  private static Problem problem(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).problem();
  }

  private String onlyRequest() {
    assertThat(http.requests()).hasSize(1);
    return line(http.requests().getFirst());
  }

  private String body() {
    return http.requests().getFirst().getBodyAsBinaryData().toString();
  }

  private static String line(HttpRequest request) {
    return request.getHttpMethod() + " " + request.getUrl();
  }
}
