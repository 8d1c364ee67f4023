package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many clients at once: nothing is lost, nothing is made twice, no limit is exceeded. */
class ParallelCallsTest {
  private static final int CLIENTS = 40;

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static List<ArmClient.Reply> all(List<Callable<ArmClient.Reply>> calls)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies = new ArrayList<ArmClient.Reply>();
      for (Future<ArmClient.Reply> reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
      return replies;
    }
  }

  @Test
  void createsOneIdentityHoweverOftenItIsAskedFor()
      throws InterruptedException, ExecutionException {
    var calls = new ArrayList<Callable<ArmClient.Reply>>();
    for (int i = 0; i < CLIENTS; i++) {
      calls.add(() -> client().putIdentity("one"));
    }

    var replies = all(calls);

    assertThat(replies).extracting(ArmClient.Reply::status).containsOnlyOnce(201);
    assertThat(replies)
        .extracting(reply -> reply.json().path("properties").path("clientId").asText())
        .containsOnly(EMULATOR.control().snapshot().identities().getFirst().clientId());
  }

  @Test
  void writesCredentialsOfDifferentIdentitiesAtTheSameTime()
      throws InterruptedException, ExecutionException {
    var calls = new ArrayList<Callable<ArmClient.Reply>>();
    for (int i = 0; i < CLIENTS; i++) {
      var name = "identity-" + i;
      calls.add(
          () -> {
            client().putIdentity(name);
            return client().putCredential(name, "cluster", "https://issuer.example", name);
          });
    }

    var replies = all(calls);

    assertThat(replies).extracting(ArmClient.Reply::status).containsOnly(201);
    assertThat(EMULATOR.control().snapshot().credentials()).hasSize(CLIENTS);
    assertThat(EMULATOR.control().overlaps()).isZero();
  }

  @Test
  void countsEveryRefusedOverlapAndKeepsTheRest() throws InterruptedException, ExecutionException {
    client().putIdentity("one");
    var calls = new ArrayList<Callable<ArmClient.Reply>>();
    for (int i = 0; i < CLIENTS; i++) {
      var name = "credential-" + i;
      calls.add(() -> client().putCredential("one", name, "https://issuer.example", name));
    }

    var replies = all(calls);

    var created = replies.stream().filter(reply -> reply.status() == 201).count();
    var refused = replies.stream().filter(reply -> reply.status() == 409).count();
    assertThat(EMULATOR.control().snapshot().credentials()).hasSize((int) created);
    assertThat(created).isBetween(1L, 20L);
    assertThat(EMULATOR.control().overlaps()).isEqualTo(refused);
  }
}
