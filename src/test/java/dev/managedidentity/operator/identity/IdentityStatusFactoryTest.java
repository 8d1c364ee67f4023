package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.READER;
import static dev.managedidentity.operator.identity.Situation.WRITER;
import static dev.managedidentity.operator.identity.Situation.fresh;
import static dev.managedidentity.operator.identity.Situation.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.OperationStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.identity.IdentityFacts.Role;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityStatusFactoryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final Problem LOST = new Problem.Unreachable("No answer.");
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");

  @Test
  void isProvenWhenNothingIsLeftToDo() {
    assertThat(verdict(written()))
        .isEqualTo(new Verdict.Proven(Reason.PROVISIONED, "The identity is as the spec asks."));
    assertThat(
            verdict(
                written()
                    .having(READER, State.ASSIGNED)
                    .having(WRITER, State.FOREIGN)
                    .wanting(READER, new Role.NotAsked())
                    .wanting(WRITER, new Role.NotAsked())))
        .isEqualTo(
            new Verdict.Proven(
                Reason.PROVISIONED,
                "The identity and its 2 role assignment(s) are as the spec asks."));
  }

  @Test
  void progressesWhileThereIsMoreToDo() {
    assertThat(verdict(fresh()))
        .isEqualTo(new Verdict.Progressing(Reason.PROGRESSING, "Generation 3 is being applied."));
    assertThat(verdict(written().deleting(DeletionPolicy.DELETE)))
        .isEqualTo(
            new Verdict.Progressing(Reason.DELETING, "The Azure objects are being removed."));
  }

  @Test
  void isTroubledByWhatFailedAndByWhatCouldNotBePlanned() {
    var situation = written().wanting(READER, new Role.NotFound(DENIED));

    assertThat(verdict(situation, operation("AssignRole", LOST)))
        .isEqualTo(new Verdict.Troubled(DENIED, List.of(LOST, DENIED)));
    assertThat(verdict(fresh(), operation("WriteIdentity", LOST)))
        .isEqualTo(new Verdict.Troubled(LOST, List.of(LOST)));
  }

  @Test
  void theStatusTellsTheGenerationTheUsersAndTheLastWrite() {
    var situation = written().usedBy("a/b", "c/d");
    var outcome =
        outcome(situation, operation("AssignRole", LOST), operation("UnassignRole", null));

    var status = IdentityStatusFactory.status(situation.facts(), verdict(situation), outcome, NOW);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.bindings()).isEqualTo(2);
    assertThat(status.lastOperation())
        .isEqualTo(
            new OperationStatus(
                "UnassignRole", "/target", "2026-03-01T12:00:00Z", "c-1", "Succeeded"));
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.type()).isEqualTo("Ready");
              assertThat(ready.status()).isEqualTo("True");
              assertThat(ready.observedGeneration()).isEqualTo(3);
            });
  }

  @Test
  void theLastWriteStaysUntilTheNext() {
    var situation = written();
    var before =
        IdentityStatusFactory.status(
            situation.facts(),
            verdict(situation),
            outcome(situation, operation("AssignRole", LOST)),
            NOW);

    var after =
        IdentityStatusFactory.status(
            situation.knowing(before).facts(),
            verdict(situation),
            outcome(situation.knowing(before)),
            NOW.plusSeconds(60));

    assertThat(after).isEqualTo(before);
    assertThat(after.lastOperation()).extracting("result").isEqualTo("Unreachable");
  }

  private static Verdict verdict(Situation situation, Operation... operations) {
    return IdentityStatusFactory.verdict(
        situation.facts(), situation.plan(), outcome(situation, operations));
  }

  private static Outcome<ManagedIdentityStatus> outcome(
      Situation situation, Operation... operations) {
    return new Outcome<>(situation.status(), List.of(operations));
  }

  private static Operation operation(
      String verb, @org.jspecify.annotations.Nullable Problem problem) {
    return new Operation(verb, "/target", NOW, "c-1", problem);
  }
}
