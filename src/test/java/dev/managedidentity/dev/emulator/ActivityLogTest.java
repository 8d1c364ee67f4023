package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Activity log: every asked-for change, found by its correlation id. */
class ActivityLogTest {
  private static final String VERSION = "?api-version=2024-11-30";
  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static ArmClient.Reply log(String filter) {
    return client()
        .call(
            "GET",
            "/subscriptions/"
                + EMULATOR.azure().subscriptionId()
                + "/providers/microsoft.insights/eventtypes/management/values"
                + "?api-version=2015-04-01&$filter="
                + filter,
            "");
  }

  private static JsonNode events(String filter) {
    return log("eventTimestamp ge '2020-01-01T00:00:00Z'" + filter).json().path("value");
  }

  @Test
  void hasEveryChangeWithItsCorrelationId() {
    client()
        .send(
            client()
                .request("PUT", client().identity("orders") + VERSION, "{\"location\": \"eastus\"}")
                .header("Authorization", "Bearer " + client().operatorToken())
                .header("x-ms-correlation-request-id", ID));

    var found = events(" and correlationId eq '" + ID + "'");

    assertThat(found).hasSize(1);
    var event = found.path(0);
    assertThat(event.path("operationName").path("value").asText())
        .isEqualTo("Microsoft.ManagedIdentity/userAssignedIdentities/write");
    assertThat(event.path("status").path("value").asText()).isEqualTo("Succeeded");
    assertThat(event.path("resourceId").asText()).isEqualTo(client().identity("orders"));
    assertThat(event.path("caller").asText()).isNotEmpty();
    assertThat(event.path("level").asText()).isEqualTo("Informational");
  }

  @Test
  void hasWhatFailedAndNotWhatOnlyRead() {
    client().putCredential("absent", "cluster", "https://i", "s");
    client().call("GET", client().identity("absent") + VERSION, "");

    var found = events(" and resourceGroupName eq 'PLATFORM'");

    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("status").path("value").asText()).isEqualTo("Failed");
    assertThat(found.path(0).path("subStatus").path("value").asText()).isEqualTo("404");
  }

  @Test
  void isNarrowedByResourceAndTime() {
    client().putIdentity("orders");
    client().putIdentity("payments");

    assertThat(events(" and resourceUri eq '" + client().identity("orders") + "'")).hasSize(1);
    assertThat(events(" and eventTimestamp le '2020-01-02T00:00:00Z'")).isEmpty();
    assertThat(events(" and resourceGroupName eq 'other'")).isEmpty();
    assertThat(log("eventTimestamp ge 'yesterday'").status()).isEqualTo(400);
  }
}
