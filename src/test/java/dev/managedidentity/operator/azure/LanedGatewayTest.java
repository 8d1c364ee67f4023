package dev.managedidentity.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.operator.plan.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanedGatewayTest {
  private static final IdentityId ORDERS = new IdentityId("s", "platform", "orders");
  private static final IdentityId SHOP = new IdentityId("s", "platform", "shop");

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final HeldAzure azure = new HeldAzure();
  private final LanedGateway gateway = new LanedGateway(azure, LanedGateway.Meter.NONE);

  @AfterEach
  void stop() {
    azure.release(1_000);
    callers.close();
  }

  @Test
  void writesCredentialsOfOneIdentityOneAtATimeInTheOrderTheyCame() {
    var waiting = 0;
    for (var name : List.of("c1", "c2", "c3", "c4")) {
      waiting++;
      begin(() -> gateway.writeCredential(credential(ORDERS, name)), waiting);
    }

    assertThat(azure.begun).containsExactly("write c1");
    azure.release(4);

    await().until(() -> gateway.inLane(ORDERS) == 0);
    assertThat(azure.begun).containsExactly("write c1", "write c2", "write c3", "write c4");
  }

  @Test
  void deletionsWaitInTheSameLane() {
    begin(() -> gateway.writeCredential(credential(ORDERS, "c1")), 1);
    begin(() -> gateway.deleteCredential(ORDERS, "c2"), 2);
    begin(() -> gateway.deleteIdentity(ORDERS), 3);

    assertThat(azure.begun).containsExactly("write c1");
    azure.release(3);

    await().until(() -> gateway.inLane(ORDERS) == 0);
    assertThat(azure.begun).containsExactly("write c1", "delete c2", "delete orders");
  }

  @Test
  void differentIdentitiesDoNotWaitForEachOther() {
    callers.execute(() -> gateway.writeCredential(credential(ORDERS, "c1")));
    callers.execute(() -> gateway.writeCredential(credential(SHOP, "c2")));

    await().until(() -> azure.begun.size() == 2);
  }

  @Test
  void anIdentityIsTheSameInAnyCase() {
    var lower = new IdentityId("S", "PLATFORM", "Orders");
    callers.execute(() -> gateway.writeCredential(credential(ORDERS, "c1")));
    callers.execute(() -> gateway.writeCredential(credential(lower, "c2")));

    await().until(() -> gateway.inLane(ORDERS) == 2);
  }

  @Test
  void everythingElsePassesWhileALaneIsBusy() {
    begin(() -> gateway.writeCredential(credential(ORDERS, "c1")), 1);

    gateway.findIdentity(ORDERS);
    gateway.writeIdentity(new IdentityDefinition(ORDERS, "westeurope", false, java.util.Map.of()));
    gateway.findRole("/subscriptions/s", "Reader");
    gateway.writeRoleAssignment(
        new RoleAssignment("/subscriptions/s", "guid", "role", "p", null, null));
    gateway.deleteRoleAssignment("/a");

    assertThat(azure.begun)
        .containsExactly("write c1", "find", "write orders", "role", "assign", "unassign");
  }

  @Test
  void changesOfOneResourceWaitForEachOtherButForNothingElse() {
    callers.execute(() -> gateway.changeResource("/machines/a", new IdentityChange.Enable()));
    await().until(() -> azure.begun.contains("change /machines/a"));

    var second =
        Thread.startVirtualThread(
            () -> gateway.changeResource("/Machines/A", new IdentityChange.Disable()));
    callers.execute(() -> gateway.changeResource("/machines/b", new IdentityChange.Enable()));
    gateway.findResource("/machines/a");
    gateway.followOperation("operation", "/machines/a");

    await().until(() -> second.getState() == Thread.State.WAITING);
    await().until(() -> azure.begun.contains("change /machines/b"));
    assertThat(azure.begun)
        .containsExactlyInAnyOrder(
            "change /machines/a", "change /machines/b", "find /machines/a", "follow /machines/a");
    azure.release(3);
    await().until(() -> azure.begun.contains("change /Machines/A"));
  }

  @Test
  void listsPassWhileALaneIsBusy() {
    begin(() -> gateway.writeCredential(credential(ORDERS, "c1")), 1);

    gateway.listIdentities("/subscriptions/s");
    gateway.listCredentials(ORDERS);
    gateway.listRoleAssignments("/subscriptions/s");
    gateway.listResources("/subscriptions/s", "Microsoft.Web/sites");

    assertThat(azure.begun)
        .containsExactly(
            "write c1",
            "list identities",
            "list credentials",
            "list assignments",
            "list resources");
  }

  @Test
  void aLaneVanishesWhenNobodyNeedsIt() {
    azure.release(2);
    gateway.writeCredential(credential(ORDERS, "c1"));
    gateway.deleteIdentity(ORDERS);

    assertThat(gateway.inLane(ORDERS)).isZero();
  }

  @Test
  void whoIsInterruptedWhileWaitingGivesUpItsTurn() throws Exception {
    begin(() -> gateway.writeCredential(credential(ORDERS, "c1")), 1);
    var answer = new CompletableFuture<Answer<@Nullable Void>>();
    var waiting =
        Thread.startVirtualThread(
            () -> answer.complete(gateway.writeCredential(credential(ORDERS, "c2"))));
    await().until(() -> gateway.inLane(ORDERS) == 2);

    waiting.interrupt();

    assertThat(answer.get())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.problem()).isInstanceOf(Problem.Unreachable.class));
    await().until(() -> gateway.inLane(ORDERS) == 1);
    assertThat(azure.begun).containsExactly("write c1");
  }

  /** Makes a call and returns when it is the last of {@code inLane} in its lane. */
  private void begin(Runnable call, int inLane) {
    callers.execute(call);
    await().until(() -> gateway.inLane(ORDERS) == inLane && azure.begun.contains("write c1"));
  }

  private static FederatedCredential credential(IdentityId identity, String name) {
    return new FederatedCredential(identity, name, "https://issuer", "subject", "audience");
  }

  /** Writes down what it is asked and holds writes of a lane until they are released. */
  private static final class HeldAzure implements AzureGateway {
    final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
    private final Semaphore released = new Semaphore(0);

    void release(int calls) {
      released.release(calls);
    }

    private Answer<@Nullable Void> held(String call) {
      begun.add(call);
      released.acquireUninterruptibly();
      return new Answer.Done<>(null, Receipt.NONE);
    }

    private <T extends @Nullable Object> Answer<T> done(String call, T value) {
      begun.add(call);
      return new Answer.Done<>(value, Receipt.NONE);
    }

    @Override
    public Answer<Optional<AzureIdentity>> findIdentity(IdentityId id) {
      return done("find", Optional.empty());
    }

    @Override
    public Answer<AzureIdentity> writeIdentity(IdentityDefinition definition) {
      return done(
          "write " + definition.id().name(),
          new AzureIdentity(
              definition.id(), "c", "p", "t", "westeurope", false, java.util.Map.of()));
    }

    @Override
    public Answer<@Nullable Void> deleteIdentity(IdentityId id) {
      return held("delete " + id.name());
    }

    @Override
    public Answer<@Nullable Void> writeCredential(FederatedCredential credential) {
      return held("write " + credential.name());
    }

    @Override
    public Answer<@Nullable Void> deleteCredential(IdentityId identity, String name) {
      return held("delete " + name);
    }

    @Override
    public Answer<String> findRole(String scope, String roleName) {
      return done("role", "id");
    }

    @Override
    public Answer<List<Permission>> findRolePermissions(String roleDefinitionId) {
      return done("permissions", List.of());
    }

    @Override
    public Answer<Grant> writeRoleAssignment(RoleAssignment assignment) {
      return done("assign", Grant.OURS);
    }

    @Override
    public Answer<@Nullable Void> deleteRoleAssignment(String id) {
      return done("unassign", null);
    }

    @Override
    public Answer<Optional<AzureResource>> findResource(String id) {
      return done("find " + id, Optional.empty());
    }

    @Override
    public Answer<Progress> changeResource(String id, IdentityChange change) {
      begun.add("change " + id);
      released.acquireUninterruptibly();
      return new Answer.Done<>(new Progress.Running("operation"), Receipt.NONE);
    }

    @Override
    public Answer<Progress> followOperation(String operation, String resourceId) {
      return done("follow " + resourceId, new Progress.Running(operation));
    }

    @Override
    public Answer<List<AzureIdentity>> listIdentities(String scope) {
      return done("list identities", List.of());
    }

    @Override
    public Answer<List<FederatedCredential>> listCredentials(IdentityId identity) {
      return done("list credentials", List.of());
    }

    @Override
    public Answer<List<RoleAssignment>> listRoleAssignments(String scope) {
      return done("list assignments", List.of());
    }

    @Override
    public Answer<List<AzureResource>> listResources(String scope, String type) {
      return done("list resources", List.of());
    }
  }
}
