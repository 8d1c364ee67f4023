package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Azure that is slow, busy, broken or silent. */
class ArmSilenceTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");

  @Test
  void aThrottledCallSaysHowLongToWait() {
    var gateway = AZURE.gateway(); // which nobody else uses: it will wait
    AZURE
        .control()
        .throttle(
            new ThrottleRule(
                "userAssignedIdentities/*",
                ThrottleRule.Per.SUBSCRIPTION,
                0,
                0,
                Optional.of(Duration.ofSeconds(17))));

    assertThat(
            fails(
                "userAssignedIdentities/write", gateway.writeIdentity(orders()), Reason.THROTTLED))
        .isInstanceOfSatisfying(
            Problem.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
  }

  @Test
  void troubleOfAzureIsNotTriedAgain() {
    AZURE
        .control()
        .addFault(
            FaultRule.times(
                2,
                "userAssignedIdentities/write",
                new Fault.Fail(503, "ServerBusy", "later", OptionalInt.of(1))));

    fails("userAssignedIdentities/write", GATEWAY.writeIdentity(orders()), Reason.UNREACHABLE);
  }

  @Test
  void aBrokenConnectionIsNotTriedAgain() {
    AZURE
        .control()
        .addFault(FaultRule.times(2, "userAssignedIdentities/write", new Fault.DropBeforeEffect()));

    unanswered(GATEWAY.writeIdentity(orders()));
    assertThat(AZURE.control().snapshot().identities()).isEmpty();
  }

  @Test
  void aLostReplyMayHideASuccess() {
    AZURE
        .control()
        .addFault(FaultRule.times(2, "userAssignedIdentities/write", new Fault.LoseReply()));

    unanswered(GATEWAY.writeIdentity(orders()));
    assertThat(AZURE.control().snapshot().identities()).hasSize(1);
  }

  @Test
  void aCallThatHangsIsGivenUp() {
    var gateway = AZURE.gateway(Duration.ofMillis(1_500));
    gateway.findIdentity(ORDERS);
    AZURE.control().resetRequests();
    var fault =
        AZURE.control().addFault(FaultRule.once("userAssignedIdentities/write", new Fault.Hang()));

    var answer = gateway.writeIdentity(orders());

    AZURE.control().releaseFault(fault);
    await().until(() -> AZURE.armRequests().size() == 1);
    assertThat(problem(answer)).isInstanceOf(Problem.Unreachable.class);
    assertThat(problem(answer).detail()).contains("did not answer in time");
  }

  @Test
  void aCallThatIsInterruptedIsGivenUp() throws Exception {
    var fault =
        AZURE.control().addFault(FaultRule.once("userAssignedIdentities/write", new Fault.Hang()));
    var answer = new CompletableFuture<Answer<AzureIdentity>>();
    var isInterrupted = new CompletableFuture<Boolean>();
    var caller =
        Thread.startVirtualThread(
            () -> {
              answer.complete(GATEWAY.writeIdentity(orders()));
              isInterrupted.complete(Thread.currentThread().isInterrupted());
            });
    await().until(() -> AZURE.control().faults().getFirst().hanging() == 1);

    caller.interrupt();

    assertThat(problem(answer.get()))
        .isEqualTo(new Problem.Unreachable("The operator stopped while it waited for Azure."));
    assertThat(isInterrupted.get()).isTrue();
    AZURE.control().releaseFault(fault);
    await().until(() -> AZURE.armRequests().size() == 1);
  }

  private static void unanswered(Answer<?> answer) {
    assertThat(problem(answer)).isInstanceOf(Problem.Unreachable.class);
    assertThat(answer.receipt()).isEqualTo(Receipt.NONE);
    await().until(() -> AZURE.armRequests().size() == 1);
  }

  private static Problem fails(String operation, Answer<?> answer, Reason reason) {
    var problem = problem(AZURE.only(operation, answer));
    assertThat(problem.reason()).isEqualTo(reason);
    return problem;
  }

  private static IdentityDefinition orders() {
    return new IdentityDefinition(ORDERS, "westeurope", false, Map.of("team", "shop"));
  }
}
