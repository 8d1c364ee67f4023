package dev.managedidentity.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityChange;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeteredGatewayTest {
  private static final IdentityId ID = new IdentityId("s", "g", "n");
  private static final Answer<?> DONE = new Answer.Done<>("done", Receipt.NONE);
  private static final Answer<?> THROTTLED =
      new Answer.Failed<>(new Problem.Throttled(Duration.ofSeconds(1), "slow"), Receipt.NONE);

  private static final Map<String, Function<AzureGateway, Answer<?>>> CALLS =
      Map.ofEntries(
          Map.entry("findIdentity", azure -> azure.findIdentity(ID)),
          Map.entry(
              "writeIdentity",
              azure -> azure.writeIdentity(new IdentityDefinition(ID, "l", false, Map.of()))),
          Map.entry("deleteIdentity", azure -> azure.deleteIdentity(ID)),
          Map.entry(
              "writeCredential",
              azure -> azure.writeCredential(new FederatedCredential(ID, "n", "i", "s", "a"))),
          Map.entry("deleteCredential", azure -> azure.deleteCredential(ID, "n")),
          Map.entry("findRole", azure -> azure.findRole("scope", "role")),
          Map.entry("findRolePermissions", azure -> azure.findRolePermissions("id")),
          Map.entry(
              "writeRoleAssignment",
              azure ->
                  azure.writeRoleAssignment(new RoleAssignment("s", "n", "r", "p", null, null))),
          Map.entry("deleteRoleAssignment", azure -> azure.deleteRoleAssignment("id")),
          Map.entry("findResource", azure -> azure.findResource("id")),
          Map.entry(
              "changeResource", azure -> azure.changeResource("id", new IdentityChange.Enable())),
          Map.entry("followOperation", azure -> azure.followOperation("url", "id")),
          Map.entry("listIdentities", azure -> azure.listIdentities("scope")),
          Map.entry("listCredentials", azure -> azure.listCredentials(ID)),
          Map.entry("listRoleAssignments", azure -> azure.listRoleAssignments("scope")),
          Map.entry("listResources", azure -> azure.listResources("scope", "type")));

  private final Telemetry telemetry = new Telemetry("test");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void passesOnTheCallAndItsAnswerAndCountsIt(String operation) {
    var call = CALLS.getOrDefault(operation, _ -> Answer.class.cast(null));

    var answer = call.apply(new MeteredGateway(answering(operation, DONE), telemetry));

    assertThat(answer).isSameAs(DONE);
    assertThat(telemetry.scrape()).contains(series(operation, "Succeeded"));
  }

  @Test
  void countsAFailureByItsReason() {
    var gateway = new MeteredGateway(answering("deleteIdentity", THROTTLED), telemetry);

    assertThat(gateway.deleteIdentity(ID)).isSameAs(THROTTLED);
    assertThat(telemetry.scrape()).contains(series("deleteIdentity", "Throttled"));
  }

  @Test
  void thePageOfMetricsNamesEveryOperation() {
    var label = Metric.AZURE_CALL_DURATION.labels().getFirst();

    assertThat(operations())
        .allSatisfy(operation -> assertThat(label.meaning()).contains("`" + operation + "`"));
  }

  /** Every method of the port. */
  static List<String> operations() {
    return Arrays.stream(AzureGateway.class.getMethods()).map(Method::getName).sorted().toList();
  }

  private static String series(String operation, String result) {
    return "managed_identity_azure_call_duration_seconds_count{operation=\"%s\",result=\"%s\"} 1"
        .formatted(operation, result);
  }

  /** A gateway that knows one operation and has one answer. */
  private static AzureGateway answering(String operation, Answer<?> answer) {
    return (AzureGateway)
        Proxy.newProxyInstance(
            AzureGateway.class.getClassLoader(),
            new Class<?>[] {AzureGateway.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo(operation);
              return answer;
            });
  }
}
