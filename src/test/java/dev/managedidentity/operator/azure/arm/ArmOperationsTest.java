package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.Progress;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Following operations of both kinds, as recorded HTTP. */
class ArmOperationsTest {
  private static final String ID =
      "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Web/sites/shop";
  private static final String OPERATION = "https://arm.test/operations/1?t=a%2Bb";
  private static final String ASK = "GET /operations/1?t=a%2Bb";
  private static final Progress RUNNING = new Progress.Running(OPERATION);
  private static final Progress FINISHED =
      new Progress.Finished(new AzureResource(ID, "p", "t", Set.of()));

  private final RecordedHttp http = new RecordedHttp();
  private final ArmGateway gateway = http.gateway();

  @ParameterizedTest
  @ValueSource(strings = {"InProgress", "Accepted", "Running", "Updating", "Whatever"})
  void anOperationWithoutAnEndRuns(String status) {
    http.answering(200, "{\"status\":\"%s\"}".formatted(status))
        .answering(202, "{\"status\":\"%s\"}".formatted(status));

    assertThat(value(gateway.followOperation(OPERATION, ID))).isEqualTo(RUNNING);
    assertThat(value(gateway.followOperation(OPERATION, ID))).isEqualTo(RUNNING);
    assertThat(http.lines()).containsExactly(ASK, ASK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}"})
  void anAcceptedOneRuns(String body) {
    http.answering(202, body);

    assertThat(value(gateway.followOperation(OPERATION, ID))).isEqualTo(RUNNING);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "200, {\"status\":\"Succeeded\"}",
        "202, {\"status\":\"Succeeded\"}",
        "200, {\"id\":\"/the/resource\"}",
        "200, ``",
        "204, ``",
        "404, ``",
        "410, ``",
        "403, ``",
      })
  void afterAnOperationTheResourceIsRead(int status, String body) {
    http.answering(status, body);
    resource("Succeeded");

    assertThat(value(gateway.followOperation(OPERATION, ID))).isEqualTo(FINISHED);
    assertThat(http.lines().getLast()).isEqualTo("GET " + ID + "?api-version=2024-04-01");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void whenAzureDoesNotTellTheStateOfTheResourceDoes(int status) {
    http.answering(status, "");
    resource("Updating");

    assertThat(value(gateway.followOperation(OPERATION, ID))).isEqualTo(RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.test/op", "http://arm.test/op", "nonsense"})
  void aLinkElsewhereIsNeverFollowed(String operation) {
    resource("Succeeded");

    assertThat(value(gateway.followOperation(operation, ID))).isEqualTo(FINISHED);
    assertThat(http.lines())
        .containsExactly(
            "GET /subscriptions/s-1/providers/microsoft.web?api-version=2021-04-01",
            "GET " + ID + "?api-version=2024-04-01");
  }

  @Test
  void aResourceThatIsGoneMeanwhileIsMissing() {
    http.answering(200, "{\"status\":\"Succeeded\"}")
        .answering(
            200,
            "{\"resourceTypes\":[{\"resourceType\":\"sites\",\"apiVersions\":[\"2024-04-01\"]}]}")
        .answering(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"m\"}}");

    assertThat(problem(gateway.followOperation(OPERATION, ID)).reason())
        .isEqualTo(Reason.AZURE_RESOURCE_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "ScopeLocked, locked, LOCKED",
    "LinkedAuthorizationFailed, no, AUTHORIZATION_FAILED",
    "FailedIdentityOperation,"
        + " Resource '/x/userAssignedIdentities/y' was not found., PRINCIPAL_NOT_VISIBLE",
    "InternalServerError, oops, UNREACHABLE",
    "OperationTimedOut, oops, UNREACHABLE",
    "OperationPreempted, another, CONTENDED",
    "Nonsense, what, INVALID_REQUEST",
  })
  void anOperationThatFailedSaysWhy(String code, String message, Reason reason) {
    http.answering(
        200,
        "{\"status\":\"Failed\",\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}"
            .formatted(code, message));

    var problem = problem(gateway.followOperation(OPERATION, ID));

    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.detail()).isEqualTo(code + ": " + message);
  }

  @Test
  void anOperationThatFailedMayNotSayWhy() {
    http.answering(200, "{\"status\":\"Failed\"}");

    assertThat(problem(gateway.followOperation(OPERATION, ID)))
        .isEqualTo(
            new Problem.Rejected(
                Reason.INVALID_REQUEST, "Azure's operation failed and did not say why."));
  }

  @Test
  void anOperationThatSomebodyCancelledIsTriedAgain() {
    http.answering(200, "{\"status\":\"Canceled\",\"error\":{\"code\":\"x\",\"message\":\"y\"}}");

    assertThat(problem(gateway.followOperation(OPERATION, ID)))
        .isInstanceOf(Problem.Contended.class);
  }

  @Test
  void troubleOnTheWayIsTrouble() {
    http.answering(503, "");

    assertThat(problem(gateway.followOperation(OPERATION, ID)))
        .isInstanceOf(Problem.Unreachable.class);
  }

  private void resource(String state) {
    http.answering(
            200,
            "{\"resourceTypes\":[{\"resourceType\":\"sites\",\"apiVersions\":[\"2024-04-01\"]}]}")
        .answering(
            200,
            """
            {"id":"%s","identity":{"type":"SystemAssigned","principalId":"p","tenantId":"t"},
             "properties":{"provisioningState":"%s"}}\
            """
                .formatted(ID, state));
  }
}
