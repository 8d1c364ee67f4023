package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every ability of the control, seen by a client. */
class EmulatorControlTest {
  private static final String VERSION = "?api-version=2024-11-30";
  private static final String IDENTITY_WRITE = "userAssignedIdentities/write";
  private static final String CREDENTIAL_WRITE =
      "userAssignedIdentities/federatedIdentityCredentials/write";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static ArmClient.Reply delete(String path) {
    return client().call("DELETE", path + VERSION, "");
  }

  @Test
  void takesTimeSoThatWritesReallyOverlap() {
    try (var slow = AzureEmulator.start(EmulatorOptions.defaults());
        var slowClient = new ArmClient(slow)) {
      slowClient.putIdentity("ide");
      slow.control().setLatency(CREDENTIAL_WRITE, Duration.ofHours(1));

      var first =
          CompletableFuture.supplyAsync(() -> slowClient.putCredential("ide", "one", "i", "1"));
      var second =
          CompletableFuture.supplyAsync(() -> slowClient.putCredential("ide", "two", "i", "2"));
      var refused = CompletableFuture.anyOf(first, second).join();

      assertThat(((ArmClient.Reply) refused).status()).isEqualTo(409);
      assertThat(slow.control().overlaps()).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatIsOverTheBudgetUntilTimeHasPassed() {
    EMULATOR
        .control()
        .throttle(
            new ThrottleRule(
                IDENTITY_WRITE, ThrottleRule.Per.SUBSCRIPTION, 2, 0.25, Optional.empty()));

    var first = client().putIdentity("orders");
    client().putIdentity("orders");
    var refused = client().putIdentity("orders");

    assertThat(first.header("x-ms-ratelimit-remaining-subscription-global-writes")).contains("1");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after").map(Integer::parseInt).orElse(0)).isBetween(1, 4);
    assertThat(refused.errorMessage()).startsWith("Request is temporarily throttled");
    EMULATOR.control().advanceClock(Duration.ofSeconds(4));
    assertThat(client().putIdentity("orders").status()).isEqualTo(200);
  }

  @Test
  void throttlesEachResourceByItself() {
    EMULATOR
        .control()
        .throttle(
            new ThrottleRule(
                IDENTITY_WRITE,
                ThrottleRule.Per.RESOURCE,
                1,
                0,
                Optional.of(Duration.ofSeconds(17))));
    client().putIdentity("orders");

    assertThat(client().putIdentity("orders").header("retry-after")).contains("17");
    assertThat(client().putIdentity("payments").status()).isEqualTo(201);
    EMULATOR.control().clearThrottles();
    assertThat(client().putIdentity("orders").status()).isEqualTo(200);
  }

  @Test
  void hasTheLimitsOfAzureAtHand() {
    EMULATOR.control().throttleLikeAzure();

    assertThat(client().putIdentity("orders").status()).isEqualTo(201);
    var again = client().putIdentity("orders");
    assertThat(client().putIdentity("payments").status()).isEqualTo(201);
    var third = client().putIdentity("shop");

    assertThat(again.status()).as("one identity").isEqualTo(429);
    assertThat(again.header("retry-after")).contains("4");
    assertThat(third.status()).as("all of a subscription").isEqualTo(429);
    assertThat(third.header("retry-after")).contains("1");
    EMULATOR.control().advanceClock(Duration.ofSeconds(1));
    assertThat(client().putIdentity("shop").status()).isEqualTo(201);
  }

  @Test
  void onlyResourceManagerTellsWhatIsLeft() {
    EMULATOR.control().throttleLikeAzure();

    assertThat(
            client()
                .putIdentity("orders")
                .header("x-ms-ratelimit-remaining-subscription-global-writes"))
        .contains("199");
  }

  @Test
  void locksAgainstDeletionAndAgainstAnyChange() {
    client().putIdentity("orders");
    client().putCredential("orders", "cluster", "https://i", "s");
    var identity = new Scope(client().identity("orders"));
    EMULATOR.control().lock(identity, LockLevel.CAN_NOT_DELETE);

    var ofCredential = delete(client().credential("orders", "cluster"));

    ErrorFacts.assertThatError(
        ofCredential, "ScopeLocked", client().credential("orders", "cluster"), identity.path());
    assertThat(client().putIdentity("orders").status()).isEqualTo(200);
    assertThat(client().call("DELETE", client().group() + "?api-version=2021-04-01", "").status())
        .isEqualTo(403);

    EMULATOR.control().lock(identity, LockLevel.READ_ONLY);
    assertThat(client().putIdentity("orders").errorCode()).isEqualTo("ScopeLocked");
    EMULATOR.control().unlock(identity);
    assertThat(delete(client().identity("orders")).status()).isEqualTo(200);
  }

  @Test
  void countsAndRemembersRequests() {
    client().putIdentity("orders");
    client().putIdentity("orders");
    delete(client().identity("orders"));

    assertThat(EMULATOR.control().counters())
        .containsEntry(IDENTITY_WRITE, 2L)
        .containsEntry("userAssignedIdentities/delete", 1L)
        .containsEntry("token/clientSecret", 3L);
    assertThat(EMULATOR.control().count("userAssignedIdentities/*")).isEqualTo(3);
    var entry = EMULATOR.control().requests().getLast();
    assertThat(entry.method()).isEqualTo("DELETE");
    assertThat(entry.operation()).isEqualTo("userAssignedIdentities/delete");
    assertThat(entry.path()).isEqualTo(client().identity("orders"));
    assertThat(entry.status()).isEqualTo(200);
    assertThat(entry.caller()).isNotEmpty();

    EMULATOR.control().resetCounters();
    EMULATOR.control().resetRequests();
    assertThat(EMULATOR.control().counters()).isEmpty();
    assertThat(EMULATOR.control().requests()).isEmpty();
  }

  @Test
  void changesWhatExistsOutOfBand() {
    client().putIdentity("orders");
    var identity = new Scope(client().identity("orders"));
    var world = EMULATOR.control().outOfBand();
    EMULATOR.control().resetRequests();

    assertThat(world.setTags(identity, Map.of("owner", "somebody"))).isTrue();
    var foreign = world.putCredential(identity, "aks-identity-binding", "https://i", "s", "a");

    var snapshot = EMULATOR.control().snapshot();
    assertThat(snapshot.identities().getFirst().tags()).containsEntry("owner", "somebody");
    assertThat(snapshot.credentials()).containsExactly(foreign);
    assertThat(world.deleteCredential(foreign.scope())).isTrue();
    assertThat(world.deleteIdentity(identity)).isTrue();
    assertThat(world.deleteIdentity(identity)).isFalse();
    assertThat(EMULATOR.control().snapshot().isEmpty()).isTrue();
    assertThat(EMULATOR.control().requests()).isEmpty();
  }

  @Test
  void servesMoreThanOneSubscription() {
    var id = "11111111-2222-3333-4444-555555555555";
    var world = EMULATOR.control().outOfBand();
    world.addSubscription(id, "Second");
    var group = world.addResourceGroup(id, "other", "eastus");
    var all =
        client().call("GET", "/subscriptions?api-version=2022-12-01", "").json().path("value");
    assertThat(all).hasSize(1);

    var principal = EMULATOR.control().outOfBand().addServicePrincipal("admin");
    world.grant(principal.objectId(), "Owner", group.scope());
    var token = client().token(principal.clientId(), principal.secret().orElseThrow());
    var path =
        group.scope().path()
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/there"
            + VERSION;

    assertThat(client().call(token, "PUT", path, "{\"location\": \"eastus\"}").status())
        .isEqualTo(201);
    var seen = client().call(token, "GET", "/subscriptions?api-version=2022-12-01", "").json();
    assertThat(seen.path("value").path(0).path("subscriptionId").asText()).isEqualTo(id);
  }

  @Test
  void startsAnewAfterAReset() {
    client().putIdentity("orders");
    EMULATOR.control().setLatency("*", Duration.ofHours(1));
    EMULATOR.control().setLimits(limits -> limits.withCredentialsPerIdentity(0));

    EMULATOR.control().reset();

    assertThat(EMULATOR.control().snapshot().isEmpty()).isTrue();
    assertThat(EMULATOR.control().counters()).isEmpty();
    assertThat(client().putIdentity("orders").status()).isEqualTo(201);
    assertThat(client().putCredential("orders", "one", "i", "s").status()).isEqualTo(201);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new FaultRule.Times(0)).hasMessageContaining("at least once");
    assertThatThrownBy(() -> new FaultRule.Chance(1.5, 0)).hasMessageContaining("probability");
    assertThatThrownBy(() -> EMULATOR.control().setLimits(limits -> limits.withPageSize(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> EMULATOR.control().outOfBand().grant("someone", "No such role", Scope.ROOT))
        .hasMessageContaining("No such role");
  }
}
