package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and changing the identities of resources, as recorded HTTP. */
class ArmResourcesTest {
  private static final IdentityId ORDERS = new IdentityId("s", "g", "Orders");
  private static final IdentityId OTHER = new IdentityId("s", "g", "other");
  private static final String ID =
      "/subscriptions/S-1/resourceGroups/g/providers/Microsoft.Web/Sites/shop/slots/blue";
  private static final String PROVIDER =
      """
      {"namespace":"Microsoft.Web","resourceTypes":[
        {"resourceType":"sites","apiVersions":["2020-01-01"]},
        {"resourceType":"Sites/Slots","apiVersions":
          ["2025-01-01-preview","2023-12-01","2024-04-01","2022-03-01"]},
        {"resourceType":"drafts","apiVersions":["2023-01-01-preview","2024-01-01-preview"]},
        {"resourceType":"none","apiVersions":[]}]}\
      """;
  private static final String VERSIONS = "GET /subscriptions/s-1/providers/microsoft.web";
  private static final String READ = "GET " + ID + "?api-version=2024-04-01";
  private static final String PATCH = "PATCH " + ID + "?api-version=2024-04-01";
  private static final Map<String, String> CORRELATION =
      Map.of("x-ms-correlation-request-id", "c-7");

  private final RecordedHttp http = new RecordedHttp();
  private final ArmGateway gateway = http.gateway();

  @BeforeEach
  void provider() {
    http.answering(200, PROVIDER);
  }

  @Test
  void readsAResourceWithTheNewestVersionThatIsNoPreview() {
    http.answering(200, CORRELATION, resource("SystemAssigned, UserAssigned", true, ORDERS));

    assertThat(gateway.findResource(ID))
        .isEqualTo(
            new Answer.Done<>(
                java.util.Optional.of(new AzureResource(ID, "p-1", "t-1", Set.of(ORDERS.key()))),
                new Receipt("c-7")));
    assertThat(http.lines()).containsExactly(VERSIONS + "?api-version=2021-04-01", READ);
  }

  @Test
  void asksForVersionsOnlyOnce() {
    http.answering(200, resource("None", false)).answering(200, resource("None", false));

    gateway.findResource(ID);
    gateway.findResource(ID.toLowerCase(java.util.Locale.ROOT));

    assertThat(http.requests()).hasSize(3);
  }

  @Test
  void aTypeThatIsOnlyAPreviewIsReadAsOne() {
    http.answering(404, error("ResourceNotFound", "gone"));

    gateway.findResource("/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/drafts/a");

    assertThat(http.lines().getLast()).endsWith("?api-version=2024-01-01-preview");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unheard", "none", "sites/other"})
  void aTypeThatTheProviderDoesNotKnowCannotHaveIdentities(String type) {
    var id =
        "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/"
            + type.replace("/", "/a/")
            + "/b";

    assertThat(problem(gateway.findResource(id)))
        .isEqualTo(
            new Problem.Rejected(
                Reason.IDENTITY_NOT_SUPPORTED,
                "Azure has no resources of the type microsoft.web/%s.".formatted(type)));
  }

  @Test
  void whatIsNoResourceIsInvalid() {
    assertThat(problem(gateway.findResource("/subscriptions/s-1")).reason())
        .isEqualTo(Reason.INVALID_REQUEST);
    assertThat(http.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ResourceNotFound", "ResourceGroupNotFound", "NotFound", "SiteNotFound"})
  void aResourceThatIsNotThereIsNoFailureToFindButToChange(String code) {
    http.answering(404, error(code, "m")).answering(404, error(code, "m"));

    assertThat(value(gateway.findResource(ID))).isEmpty();
    assertThat(problem(gateway.changeResource(ID, assign())))
        .isInstanceOf(Problem.Missing.class)
        .returns(Reason.AZURE_RESOURCE_NOT_FOUND, Problem::reason);
  }

  @ParameterizedTest
  @CsvSource({
    "SubscriptionNotFound, AZURE_RESOURCE_NOT_FOUND",
    "InvalidResourceType, IDENTITY_NOT_SUPPORTED",
    "'', AZURE_RESOURCE_NOT_FOUND",
  })
  void notFoundOfSomethingElseDoesNotMeanThatTheResourceIsGone(String code, Reason reason) {
    http.answering(404, error(code, "m"));

    assertThat(problem(gateway.findResource(ID)).reason()).isEqualTo(reason);
  }

  @Test
  void whatIsDoneIsNotWritten() {
    http.answering(200, CORRELATION, resource("UserAssigned", false, ORDERS));

    assertThat(gateway.changeResource(ID, assign()))
        .isEqualTo(
            new Answer.Done<>(
                new Progress.Finished(new AzureResource(ID, null, null, Set.of(ORDERS.key()))),
                new Receipt("c-7")));
    assertThat(http.requests()).hasSize(2);
  }

  @Test
  void assignsAnIdentityBesideAllThatAreThere() {
    http.answering(200, resource("SystemAssigned,UserAssigned", true, OTHER))
        .answering(200, CORRELATION, resource("SystemAssigned,UserAssigned", true, OTHER, ORDERS));

    assertThat(gateway.changeResource(ID, assign()))
        .isEqualTo(
            new Answer.Done<>(
                new Progress.Finished(
                    new AzureResource(ID, "p-1", "t-1", Set.of(ORDERS.key(), OTHER.key()))),
                new Receipt("c-7")));
    assertThat(http.lines()).containsExactly(VERSIONS + "?api-version=2021-04-01", READ, PATCH);
    assertThat(http.lastBody())
        .isEqualTo(
            "{\"identity\":{\"type\":\"SystemAssigned, UserAssigned\","
                + "\"userAssignedIdentities\":{\"%s\":{},\"%s\":{}}}}".formatted(ORDERS, OTHER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                           | false |        | Assign   | UserAssigned",
        "None                        | false |        | Assign   | UserAssigned",
        "SystemAssigned              | true  |        | Assign   | SystemAssigned, UserAssigned",
        "UserAssigned                | false | Orders | Unassign | None",
        "SystemAssigned,UserAssigned | true  | Orders | Unassign | SystemAssigned",
        "-                           | false |        | Enable   | SystemAssigned",
        "UserAssigned                | false | other  | Enable   | SystemAssigned, UserAssigned",
        "SystemAssigned              | true  |        | Disable  | None",
        "systemassigned,userassigned | true  | other  | Disable  | UserAssigned",
      })
  void theTypeSaysWhatThereWillBe(
      @org.jspecify.annotations.Nullable String type,
      boolean isSystem,
      @org.jspecify.annotations.Nullable String assigned,
      String change,
      String expected) {
    var users =
        assigned == null
            ? new IdentityId[0]
            : new IdentityId[] {new IdentityId("s", "g", assigned)};
    http.answering(200, resource(type == null ? "" : type, isSystem, users))
        .answering(202, Map.of("Location", "/operations/1"), "");

    assertThat(value(gateway.changeResource(ID, change(change))))
        .isEqualTo(new Progress.Running("https://arm.test/operations/1"));
    assertThat(http.lastBody()).startsWith("{\"identity\":{\"type\":\"" + expected + "\"");
    assertThat(http.lastBody().contains("userAssignedIdentities"))
        .isEqualTo(expected.contains("UserAssigned"));
  }

  @Test
  void takesAnIdentityAwayUnderTheNameThatAzureHasForIt() {
    http.answering(200, resource("UserAssigned", false, ORDERS, OTHER))
        .answering(200, resource("UserAssigned", false, OTHER));

    var lower = new IdentityId("s", "g", "orders");
    value(gateway.changeResource(ID, new IdentityChange.Unassign(lower)));

    assertThat(http.lastBody())
        .isEqualTo(
            "{\"identity\":{\"type\":\"UserAssigned\",\"userAssignedIdentities\":{\"%s\":null,"
                    .formatted(ORDERS)
                + "\"%s\":{}}}}".formatted(OTHER));
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 204})
  void aChangeThatIsNotShownIsRead(int status) {
    http.answering(200, resource("None", false))
        .answering(status, CORRELATION, "")
        .answering(200, resource("UserAssigned", false, ORDERS));

    assertThat(gateway.changeResource(ID, assign()))
        .isEqualTo(
            new Answer.Done<>(
                new Progress.Finished(new AzureResource(ID, null, null, Set.of(ORDERS.key()))),
                new Receipt("c-7")));
    assertThat(http.lines().getLast()).isEqualTo(READ);
  }

  @Test
  void aChangeThatIsNotThereAfterwardsMetAnother() {
    http.answering(200, resource("None", false))
        .answering(200, "")
        .answering(200, resource("UserAssigned", false, OTHER));

    assertThat(problem(gateway.changeResource(ID, assign()))).isInstanceOf(Problem.Contended.class);
  }

  @Test
  void whatWasThereAndIsGoneWasLostToAnother() {
    http.answering(200, resource("SystemAssigned, UserAssigned", true, OTHER))
        .answering(200, resource("SystemAssigned, UserAssigned", true, ORDERS))
        .answering(200, resource("SystemAssigned, UserAssigned", true, OTHER))
        .answering(200, resource("UserAssigned", false, ORDERS, OTHER));

    assertThat(problem(gateway.changeResource(ID, assign()))).isInstanceOf(Problem.Contended.class);
    assertThat(problem(gateway.changeResource(ID, assign()))).isInstanceOf(Problem.Contended.class);
  }

  @Test
  void aProviderThatIgnoresTheChangeCannotBeChangedThisWay() {
    http.answering(200, resource("UserAssigned", false, OTHER))
        .answering(200, resource("UserAssigned", false, OTHER));

    assertThat(problem(gateway.changeResource(ID, assign())))
        .isInstanceOf(Problem.Rejected.class)
        .returns(Reason.IDENTITY_NOT_SUPPORTED, Problem::reason);
  }

  @Test
  void aProviderAtWorkIsWaitedFor() {
    http.answering(200, resource("UserAssigned", false, OTHER))
        .answering(200, resource("UserAssigned", false, OTHER).replace("Succeeded", "Updating"));

    assertThat(problem(gateway.changeResource(ID, assign())).reason())
        .isEqualTo(Reason.OPERATION_IN_PROGRESS);
  }

  @Test
  void aChangeIsBoundToTheVersionThatWasRead() {
    http.answering(200, Map.of("ETag", "\"7\""), resource("None", false))
        .answering(200, resource("UserAssigned", false, ORDERS));
    value(gateway.changeResource(ID, assign()));
    assertThat(ifMatch()).isEqualTo("\"7\"");

    http.answering(200, resource("None", false).replaceFirst("\\{", "{\"etag\":\"8\","))
        .answering(200, resource("UserAssigned", false, ORDERS));
    value(gateway.changeResource(ID, assign()));
    assertThat(ifMatch()).isEqualTo("8");

    http.answering(200, resource("None", false))
        .answering(200, resource("UserAssigned", false, ORDERS));
    value(gateway.changeResource(ID, assign()));
    assertThat(ifMatch()).isNull();
  }

  private @org.jspecify.annotations.Nullable String ifMatch() {
    return http.requests().getLast().getHeaders().getValue(HttpHeaderName.IF_MATCH);
  }

  @Test
  void aMeetingWithAnotherWriterIsContended() {
    http.answering(200, resource("None", false)).answering(412, error("", ""));

    assertThat(problem(gateway.changeResource(ID, assign()))).isInstanceOf(Problem.Contended.class);
  }

  @ParameterizedTest
  @CsvSource({"200, Azure-AsyncOperation", "201, Azure-AsyncOperation", "202, Location"})
  void aChangeThatTakesAWhileNamesItsOperation(int status, String header) {
    http.answering(200, resource("None", false))
        .answering(
            status,
            Map.of(header, "https://arm.test/op/1?t=%2B&c=a"),
            resource("UserAssigned", false, ORDERS));

    assertThat(value(gateway.changeResource(ID, assign())))
        .isEqualTo(new Progress.Running("https://arm.test/op/1?t=%2B&c=a"));
  }

  @Test
  void anOperationElsewhereIsNotFollowed() {
    http.answering(200, resource("None", false))
        .answering(202, Map.of("Location", "https://evil.test/op"), "");

    assertThat(problem(gateway.changeResource(ID, assign())))
        .isInstanceOf(Problem.Unexpected.class);
  }

  private static IdentityChange assign() {
    return new IdentityChange.Assign(ORDERS);
  }

  private static IdentityChange change(String name) {
    return switch (name) {
      case "Assign" -> assign();
      case "Unassign" -> new IdentityChange.Unassign(ORDERS);
      case "Enable" -> new IdentityChange.Enable();
      default -> new IdentityChange.Disable();
    };
  }

  static String resource(String type, boolean isSystem, IdentityId... users) {
    var map = new StringBuilder();
    for (var user : users) {
      map.append(map.isEmpty() ? "" : ",").append("\"%s\":{\"clientId\":\"c\"}".formatted(user));
    }
    var system = isSystem ? ",\"principalId\":\"p-1\",\"tenantId\":\"t-1\"" : "";
    var identity =
        type.isEmpty()
            ? "null"
            : "{\"type\":\"%s\"%s,\"userAssignedIdentities\":{%s}}".formatted(type, system, map);
    return "{\"id\":\"%s\",\"identity\":%s,\"properties\":{\"provisioningState\":\"Succeeded\"}}"
        .formatted(ID.replace("resourceGroups", "resourcegroups"), identity);
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message);
  }
}
