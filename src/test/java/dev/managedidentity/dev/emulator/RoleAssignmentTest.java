package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Propagation;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Role assignments on the wire, and the conflicts that Azure sees between them. */
class RoleAssignmentTest {
  private static final String VERSION = "?api-version=2022-04-01";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String FIRST = "ed3c9f84-ae20-5aea-8602-58ed2eeffef1";
  private static final String SECOND = "05c5a614-a7d6-4502-b150-c2fb455033ff";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private String principalId = "";

  @BeforeEach
  void createThePrincipal() {
    principalId =
        client().putIdentity("granted").json().path("properties").path("principalId").asText();
  }

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static String subscription() {
    return "/subscriptions/" + EMULATOR.azure().subscriptionId();
  }

  private static String assignment(String scope, String name) {
    return scope + "/providers/Microsoft.Authorization/roleAssignments/" + name;
  }

  private static ArmClient.Reply put(String scope, String name, String role, String principal) {
    return put(scope, name, role, principal, ", \"principalType\": \"ServicePrincipal\"");
  }

  private static ArmClient.Reply put(
      String scope, String name, String role, String principal, String more) {
    var body =
        """
        {"properties": {"roleDefinitionId": "%s/providers/Microsoft.Authorization/roleDefinitions/%s",
         "principalId": "%s"%s}}\
        """
            .formatted(subscription(), role, principal, more);
    return client().call("PUT", assignment(scope, name) + VERSION, body);
  }

  private static List<String> list(String scope, String filter) {
    var reply =
        client()
            .call(
                "GET",
                scope + "/providers/Microsoft.Authorization/roleAssignments" + VERSION + filter,
                "");
    assertThat(reply.status()).isEqualTo(200);
    return StreamSupport.stream(reply.json().path("value").spliterator(), false)
        .map(value -> value.path("name").asText())
        .toList();
  }

  @Test
  void createsAnAssignmentAsRecorded() {
    var reply = put(client().group(), FIRST, READER, principalId);

    assertThat(reply.status()).isEqualTo(201);
    JsonNode properties = reply.json().path("properties");
    assertThat(reply.json().path("id").asText()).isEqualTo(assignment(client().group(), FIRST));
    assertThat(reply.json().path("type").asText())
        .isEqualTo("Microsoft.Authorization/roleAssignments");
    assertThat(properties.path("roleDefinitionId").asText())
        .isEqualTo(subscription() + "/providers/Microsoft.Authorization/roleDefinitions/" + READER);
    assertThat(properties.path("scope").asText()).isEqualTo(client().group());
    assertThat(properties.path("principalType").asText()).isEqualTo("ServicePrincipal");
    assertThat(properties.path("createdBy").isNull()).isTrue();
    assertThat(properties.path("updatedBy").isTextual()).isTrue();
    assertThat(properties.has("delegatedManagedIdentityResourceId")).isTrue();
  }

  @Test
  void writesTheSameAgainAndChangesTheDescription() {
    put(client().group(), FIRST, READER, principalId);

    var again =
        put(client().group(), FIRST, READER, principalId, ", \"description\": \"of the shop\"");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("properties").path("description").asText())
        .isEqualTo("of the shop");
  }

  @Test
  void changesNothingButConditionAndDescriptionOfAnAssignment() {
    var condition = ", \"condition\": \"@Resource[a]\", \"conditionVersion\": \"2.0\"";
    var created = put(client().group(), FIRST, READER, principalId, condition);

    var changed =
        put(
            client().group(),
            FIRST,
            READER,
            principalId,
            condition.replace("[a]", "[b]") + ", \"description\": \"d\"");

    assertThat(created.json().path("properties").path("condition").asText())
        .isEqualTo("@Resource[a]");
    assertThat(changed.status()).isEqualTo(200);
    var read = client().call("GET", assignment(client().group(), FIRST) + VERSION, "").json();
    assertThat(read.path("properties").path("condition").asText()).isEqualTo("@Resource[b]");
    assertThat(read.path("properties").path("conditionVersion").asText()).isEqualTo("2.0");
    assertThat(read.path("properties").path("description").asText()).isEqualTo("d");
    assertThat(put(client().group(), FIRST, CONTRIBUTOR, principalId, condition).errorCode())
        .isEqualTo("RoleAssignmentUpdateNotPermitted");
    assertThat(put(client().group(), FIRST, READER, principalId, ", \"condition\": \"x\"").status())
        .isEqualTo(400);
  }

  @Test
  void grantsAtAResourceThatExistsAndListsThereInPages() {
    EMULATOR.control().setLimits(limits -> limits.withPageSize(1));
    var vault = client().group() + "/providers/Microsoft.KeyVault/vaults/shop";
    assertThat(put(vault, FIRST, READER, principalId).errorCode()).isEqualTo("ResourceNotFound");
    EMULATOR.control().outOfBand().resources().add(new Scope(vault), "westeurope");

    assertThat(put(vault + "/secrets/db", FIRST, READER, principalId).status()).isEqualTo(201);
    assertThat(put(vault, SECOND, READER, principalId).status()).isEqualTo(201);

    var filter = "&$filter=principalId eq '" + principalId + "'";
    var list = vault + "/providers/Microsoft.Authorization/roleAssignments" + VERSION + filter;
    var first = client().call("GET", list, "").json();
    var second = client().call("GET", first.path("nextLink").asText(), "").json();
    assertThat(first.path("value").path(0).path("name").asText()).isEqualTo(SECOND);
    assertThat(second.path("value").path(0).path("name").asText()).isEqualTo(FIRST);
    assertThat(second.has("nextLink")).isFalse();
  }

  @Test
  void refusesTheSameGrantUnderAnotherName() {
    put(client().group(), FIRST, READER, principalId);

    var reply = put(client().group(), SECOND, READER, principalId);

    ErrorFacts.assertThatError(reply, "RoleAssignmentExists", FIRST.replace("-", ""));
  }

  @Test
  void doesNotNameTheConflictInOlderVersions() {
    put(client().group(), FIRST, READER, principalId);
    var body =
        """
        {"properties": {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/%s",
         "principalId": "%s"}}\
        """
            .formatted(READER, principalId);

    var reply =
        client()
            .call("PUT", assignment(client().group(), SECOND) + "?api-version=2015-07-01", body);

    assertThat(reply.errorMessage()).isEqualTo("The role assignment already exists.");
  }

  @Test
  void refusesToGiveAnAssignmentToSomeoneElseOrElsewhere() {
    put(client().group(), FIRST, READER, principalId);
    var other =
        client().putIdentity("other").json().path("properties").path("principalId").asText();

    ErrorFacts.assertThatError(
        put(client().group(), FIRST, READER, other), "RoleAssignmentUpdateNotPermitted");
    ErrorFacts.assertThatError(
        put(client().group(), FIRST, CONTRIBUTOR, principalId), "RoleAssignmentUpdateNotPermitted");
    ErrorFacts.assertThatError(
        put(subscription(), FIRST, READER, principalId), "RoleAssignmentUpdateNotPermitted");
  }

  @Test
  void doesNotFindANewPrincipalUnlessItIsToldItsType() {
    EMULATOR.control().setPropagation(Propagation.IMMEDIATE.withPrincipals(Duration.ofSeconds(32)));
    var late = client().putIdentity("late").json().path("properties").path("principalId").asText();

    var untold = put(client().group(), FIRST, READER, late, "");
    var told = put(client().group(), SECOND, READER, late);

    ErrorFacts.assertThatError(
        untold, "PrincipalNotFound", late.replace("-", ""), EMULATOR.azure().tenantId());
    assertThat(told.status()).isEqualTo(201);

    EMULATOR.control().advanceClock(Duration.ofSeconds(32));
    assertThat(put(client().group(), FIRST, CONTRIBUTOR, late, "").status()).isEqualTo(201);
  }

  @Test
  void refusesWhatMakesNoSense() {
    var unknown = "11111111-2222-3333-4444-555555555555";

    assertThat(put(client().group(), FIRST, unknown, principalId).errorCode())
        .isEqualTo("RoleDefinitionDoesNotExist");
    assertThat(put(client().group(), FIRST, READER, "me").errorCode())
        .isEqualTo("InvalidPrincipalId");
    assertThat(put(client().group(), "mine", READER, principalId).errorCode())
        .isEqualTo("InvalidRoleAssignmentId");
    assertThat(
            put(client().group(), FIRST, READER, principalId, ", \"principalType\": \"User\"")
                .errorCode())
        .isEqualTo("UnmatchedPrincipalType");
    assertThat(put(subscription() + "/resourceGroups/no", FIRST, READER, principalId).errorCode())
        .isEqualTo("ResourceGroupNotFound");
    assertThat(put(client().identity("no"), FIRST, READER, principalId).errorCode())
        .isEqualTo("ResourceNotFound");
  }

  @Test
  void deletesWithTheLastStateAndThenWithNothing() {
    put(client().group(), FIRST, READER, principalId);

    var deleted = client().call("DELETE", assignment(client().group(), FIRST) + VERSION, "");
    var again = client().call("DELETE", assignment(client().group(), FIRST) + VERSION, "");
    var read = client().call("GET", assignment(client().group(), FIRST) + VERSION, "");

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().path("name").asText()).isEqualTo(FIRST);
    assertThat(again.status()).isEqualTo(204);
    assertThat(read.status()).isEqualTo(404);
    assertThat(read.errorCode()).isEqualTo("RoleAssignmentNotFound");
  }

  @Test
  void listsByPrincipalAndByScope() {
    put(subscription(), FIRST, READER, principalId);
    put(client().identity("granted"), SECOND, READER, principalId);
    var byPrincipal = "&$filter=principalId eq '" + principalId + "'";

    assertThat(list(client().group(), byPrincipal)).containsExactly(SECOND, FIRST);
    assertThat(list(client().group(), "&$filter=assignedTo('" + principalId + "')"))
        .containsExactly(SECOND, FIRST);
    assertThat(
            list(client().group(), "&$filter=atScope() and principalId eq '" + principalId + "'"))
        .containsExactly(FIRST);
    assertThat(list(client().group(), "&$filter=atScope()")).contains(FIRST).doesNotContain(SECOND);
    assertThat(list(client().group(), "")).contains(FIRST, SECOND);
  }

  @Test
  void refusesAFilterThatItDoesNotKnow() {
    var reply =
        client()
            .call(
                "GET",
                client().group()
                    + "/providers/Microsoft.Authorization/roleAssignments"
                    + VERSION
                    + "&$filter=principalId",
                "");

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void refusesMoreThanTheSubscriptionHolds() {
    EMULATOR.control().setLimits(limits -> limits.withRoleAssignmentsPerSubscription(3));
    put(client().group(), FIRST, READER, principalId);

    var reply = put(client().group(), SECOND, CONTRIBUTOR, principalId);

    assertThat(reply.errorCode()).isEqualTo("RoleAssignmentLimitExceeded");
  }

  @Test
  void countsOnlyOnceItHasPropagated() {
    EMULATOR
        .control()
        .setPropagation(Propagation.IMMEDIATE.withRoleAssignments(Duration.ofMinutes(5)));
    var reader = EMULATOR.control().outOfBand().addServicePrincipal("reader");
    put(client().group(), FIRST, READER, reader.objectId());
    var token = client().token(reader.clientId(), reader.secret().orElseThrow());
    var path = client().identity("granted") + "?api-version=2024-11-30";
    assertThat(client().call(token, "GET", path, "").status()).isEqualTo(403);

    EMULATOR.control().advanceClock(Duration.ofMinutes(5));

    assertThat(client().call(token, "GET", path, "").status()).isEqualTo(200);
  }
}
