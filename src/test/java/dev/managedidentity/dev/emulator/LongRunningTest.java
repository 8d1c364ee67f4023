package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes that are over only when the client has asked for them often enough. */
class LongRunningTest {
  private static final String MACHINES = "Microsoft.Compute/virtualMachines";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private ArmResource machine = new ArmResource(EMULATOR, MACHINES, "2024-11-01");
  private ArmResource app = new ArmResource(EMULATOR, "Microsoft.App/containerApps", "2025-01-01");

  @BeforeEach
  void createTheResources() {
    machine.put("{\"location\": \"westeurope\"}");
    app.put("{\"location\": \"westeurope\"}");
  }

  private static ArmClient.Reply follow(String link) {
    return EMULATOR.client().call("GET", link, "");
  }

  private static String state(ArmClient.Reply reply) {
    return reply.json().path("properties").path("provisioningState").asText();
  }

  @Test
  void tellsTheStatusAndHasItsEffectAtTheEnd() {
    EMULATOR.control().setLongRunning("Microsoft.Compute/*", 3);

    var accepted = machine.patchIdentity("SystemAssigned", "null");
    var monitor = accepted.header("azure-asyncoperation").orElseThrow();

    assertThat(accepted.status()).isEqualTo(200);
    assertThat(state(accepted)).isEqualTo("Updating");
    assertThat(monitor).contains("/providers/Microsoft.Compute/locations/westeurope/operations/");
    var waiting = follow(monitor);
    assertThat(waiting.json().path("status").asText()).isEqualTo("InProgress");
    assertThat(waiting.header("retry-after")).isPresent();
    assertThat(machine.get().json().has("identity")).isFalse();
    assertThat(machine.patchIdentity("None", "null").errorCode())
        .isEqualTo("AnotherOperationInProgress");
    follow(monitor);

    assertThat(follow(monitor).json().path("status").asText()).isEqualTo("Succeeded");
    assertThat(machine.get().json().path("identity").path("principalId").isTextual()).isTrue();
    assertThat(state(machine.get())).isEqualTo("Succeeded");
  }

  @Test
  void answersByItsLocationAsTheWriteWouldHave() {
    EMULATOR.control().setLongRunning("Microsoft.App/*", 1);

    var accepted = app.patchIdentity("SystemAssigned", "null");
    var location = accepted.header("location").orElseThrow();

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text()).isEmpty();
    assertThat(accepted.header("retry-after")).isPresent();
    var waiting = follow(location);
    assertThat(waiting.status()).isEqualTo(202);
    var over = follow(waiting.header("location").orElseThrow());
    assertThat(over.status()).isEqualTo(200);
    assertThat(over.json().path("identity").path("type").asText()).isEqualTo("SystemAssigned");
  }

  @Test
  void isOverAlsoForWhoReadsTheResourceOnly() {
    EMULATOR.control().setLongRunning(MACHINES, 1);
    machine.patchIdentity("SystemAssigned", "null");

    assertThat(state(machine.get())).isEqualTo("Updating");
    assertThat(state(machine.get())).isEqualTo("Succeeded");
    assertThat(machine.get().json().has("identity")).isTrue();
  }

  @Test
  void endsInTheErrorThatItWasGiven() {
    EMULATOR
        .control()
        .setLongRunningFailure("*", 0, "AllocationFailed", "There is no capacity in this region.");

    var monitor = machine.patchIdentity("SystemAssigned", "null").header("azure-asyncoperation");
    var location = app.patchIdentity("SystemAssigned", "null").header("location");

    var failed = follow(monitor.orElseThrow());
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.json().path("status").asText()).isEqualTo("Failed");
    assertThat(failed.errorCode()).isEqualTo("AllocationFailed");
    assertThat(state(machine.get())).isEqualTo("Failed");
    assertThat(machine.get().json().has("identity")).isFalse();
    assertThat(follow(location.orElseThrow()).errorCode()).isEqualTo("AllocationFailed");
    EMULATOR.control().setLongRunning("*", 0);
    assertThat(machine.patchIdentity("SystemAssigned", "null").status()).isEqualTo(200);
  }

  @Test
  void createsTheResourceAtOnceAndItsIdentityLater() {
    EMULATOR.control().outOfBand().resources().delete(new Scope(machine.id()));
    EMULATOR.control().setLongRunning(MACHINES, 1);

    var created =
        machine.put("{\"location\": \"westeurope\", \"identity\": {\"type\": \"SystemAssigned\"}}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(state(created)).isEqualTo("Updating");
    assertThat(created.json().has("identity")).isFalse();
    var monitor = created.header("azure-asyncoperation").orElseThrow();
    follow(monitor);
    follow(monitor);
    assertThat(machine.get().json().has("identity")).isTrue();
  }
}
