package dev.managedidentity.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.OperationStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus;
import dev.managedidentity.operator.api.ResourceIdentityStatus.State;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.identity.IdentityFacts.Goal;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Changes of a resource that Azure takes its time for are told of twice, however long they take.
 */
class ResourceApplierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String MACHINE =
      "/subscriptions/sub/resourceGroups/group/providers/Microsoft.Compute/virtualMachines/vm1";
  private static final Problem AT_WORK =
      new Problem.Waiting(
          Reason.OPERATION_IN_PROGRESS, "Azure is at work on %s.".formatted(MACHINE));
  private static final String BEGUN = "EnableIdentity OperationInProgress";

  private final FakeAzure azure = new FakeAzure();
  private final IdentityApplier applier =
      new IdentityApplier(azure, OwnBindings.NONE, InstantSource.fixed(NOW));
  private final List<Operation> told = new ArrayList<>();
  private ManagedIdentityStatus status =
      ManagedIdentityStatus.EMPTY.withAzureResource(
          new ResourceIdentityStatus(MACHINE, false, State.PENDING, null));

  ResourceApplierTest() {
    azure.withResource(new AzureResource(MACHINE, null, null, Set.of()));
  }

  @Test
  void anEnablementIsToldWhenItBeginsAndWhenItHasEnded() {
    azure.slow(2);

    assertThat(pass()).isEqualTo(new Verdict.Troubled(AT_WORK, List.of(AT_WORK)));
    assertThat(told()).containsExactly(BEGUN);
    for (var poll = 0; poll < 2; poll++) {
      assertThat(pass()).isEqualTo(new Verdict.Troubled(AT_WORK, List.of(AT_WORK)));
      assertThat(told()).containsExactly(BEGUN);
      assertThat(lastOperation()).isEqualTo(BEGUN);
    }

    assertThat(pass()).isInstanceOf(Verdict.Progressing.class);
    assertThat(told()).containsExactly(BEGUN, "EnableIdentity Succeeded");
    assertThat(lastOperation()).isEqualTo("EnableIdentity Succeeded");
  }

  @Test
  void aPollThatFailedIsTold() {
    azure.slow(2);
    pass();
    var lost = new Problem.Unreachable("No answer.");
    azure.failing(lost);

    assertThat(pass()).isEqualTo(new Verdict.Troubled(lost, List.of(lost)));
    assertThat(told()).containsExactly(BEGUN, "EnableIdentity Unreachable");
    assertThat(status.azureResource()).extracting("operation").isNotNull();
  }

  private Verdict pass() {
    var facts = Situation.fresh().aimingAt(new Goal.OfResource(MACHINE)).knowing(status).facts();
    var plan = IdentityPlanner.plan(facts);
    var outcome = applier.apply(plan, status, Resource.withSpec("{}"));
    told.addAll(outcome.operations());
    var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
    status = IdentityStatusFactory.status(facts, verdict, outcome, NOW);
    return verdict;
  }

  private List<String> told() {
    return told.stream().map(one -> one.verb() + " " + one.result()).toList();
  }

  private String lastOperation() {
    OperationStatus last = Objects.requireNonNull(status.lastOperation());
    return last.verb() + " " + last.result();
  }
}
