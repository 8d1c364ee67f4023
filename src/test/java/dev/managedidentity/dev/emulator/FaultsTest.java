package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults on demand, as a client meets them. */
class FaultsTest {
  private static final String IDENTITY_WRITE = "userAssignedIdentities/write";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  @Test
  void failsAsOftenAsToldAndWithoutEffect() {
    EMULATOR
        .control()
        .addFault(
            FaultRule.times(
                2,
                IDENTITY_WRITE,
                new Fault.Fail(503, "ServerBusy", "Try again", OptionalInt.of(7))));

    var first = client().putIdentity("orders");
    var second = client().putIdentity("orders");

    assertThat(first.status()).isEqualTo(503);
    assertThat(first.errorCode()).isEqualTo("ServerBusy");
    assertThat(first.header("retry-after")).contains("7");
    assertThat(second.status()).isEqualTo(503);
    assertThat(EMULATOR.control().snapshot().isEmpty()).isTrue();
    assertThat(client().putIdentity("orders").status()).isEqualTo(201);
  }

  @Test
  void failsOnlyOnThePathsThatAreMeant() {
    EMULATOR
        .control()
        .addFault(
            FaultRule.once("*", new Fault.Fail(500, "Boom", "Boom", OptionalInt.empty()))
                .onPath("/PAYMENTS"));

    assertThat(client().putIdentity("orders").status()).isEqualTo(201);
    assertThat(client().putIdentity("payments").status()).isEqualTo(500);
  }

  @Test
  void failsWithTheSameSequenceForTheSameSeed() {
    assertThat(failures(42)).isEqualTo(failures(42)).contains(true, false);
  }

  private static List<Boolean> failures(long seed) {
    var fault = new Fault.Fail(500, "Boom", "Boom", OptionalInt.empty());
    int id = EMULATOR.control().addFault(FaultRule.chance(0.5, seed, IDENTITY_WRITE, fault));
    var failures = new ArrayList<Boolean>();
    for (int i = 0; i < 20; i++) {
      failures.add(client().putIdentity("orders").status() == 500);
    }
    EMULATOR.control().releaseFault(id);
    return failures;
  }

  @Test
  void dropsTheConnectionBeforeAnyEffect() {
    EMULATOR.control().addFault(FaultRule.once(IDENTITY_WRITE, new Fault.DropBeforeEffect()));

    assertThatThrownBy(() -> client().putIdentity("orders"))
        .isInstanceOf(ArmClient.ConnectionLost.class);

    assertThat(EMULATOR.control().snapshot().isEmpty()).isTrue();
  }

  @Test
  void losesTheReplyAfterTheEffect() {
    EMULATOR.control().addFault(FaultRule.once(IDENTITY_WRITE, new Fault.LoseReply()));

    assertThatThrownBy(() -> client().putIdentity("orders"))
        .isInstanceOf(ArmClient.ConnectionLost.class);

    assertThat(EMULATOR.control().snapshot().identities()).hasSize(1);
    var entry = EMULATOR.control().requests().getLast();
    assertThat(entry.status()).isZero();
    assertThat(entry.effectStatus()).isEqualTo(201);
  }

  @Test
  void failsAtTheTokenEndpointToo() {
    EMULATOR
        .control()
        .addFault(
            FaultRule.once(
                "token/*",
                new Fault.Fail(503, "temporarily_unavailable", "later", OptionalInt.of(1))));

    var reply =
        client()
            .tokenRequest(
                Map.of(
                    "grant_type", "client_credentials", "client_id", EMULATOR.azure().clientId()));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().path("error").asText()).isEqualTo("temporarily_unavailable");
  }
}
