package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every write to Azure can be found from the resource that asked for it. */
@UsesControlPlane
@UsesOperator
class TraceIT {
  @Test
  void statusAndEventsNameTheCorrelationIdOfTheActivityLog(Team team) {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");

    var operation = Objects.requireNonNull(team.identity("orders").lastOperation());
    assertThat(operation.verb()).isEqualTo("WriteIdentity");
    assertThat(operation.result()).isEqualTo("Succeeded");
    assertThat(team.azure().control().activity())
        .anySatisfy(
            entry -> {
              assertThat(entry.correlationId()).isEqualTo(operation.correlationId());
              assertThat(entry.operationName())
                  .isEqualTo("Microsoft.ManagedIdentity/userAssignedIdentities/write");
            });
    team.eventually(
        () ->
            assertThat(team.events("orders"))
                .anySatisfy(
                    event -> {
                      assertThat(event.getType()).isEqualTo("Normal");
                      assertThat(event.getReason()).isEqualTo("WriteIdentity");
                      assertThat(event.getNote()).contains(operation.correlationId());
                    }));
    team.eventually(
        () ->
            assertThat(team.events("orders-api"))
                .extracting(event -> event.getReason())
                .contains("WriteCredential", "AnnotateServiceAccount"));
  }

  @Test
  void aFailedWriteIsAnEventToo(Team team) {
    team.applyIdentity("orders", "{azure: {location: atlantis}}");

    team.awaitIdentity("orders", "False", "InvalidRequest");

    team.eventually(
        () ->
            assertThat(team.events("orders"))
                .anySatisfy(
                    event -> {
                      assertThat(event.getType()).isEqualTo("Warning");
                      assertThat(event.getReason()).isEqualTo("InvalidRequest");
                      assertThat(event.getNote()).contains("atlantis").contains("correlation id");
                    }));
  }
}
