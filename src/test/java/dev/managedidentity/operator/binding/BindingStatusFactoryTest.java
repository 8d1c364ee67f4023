package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Situation.bound;
import static dev.managedidentity.operator.binding.Situation.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AssignmentStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.OperationStatus;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingStatusFactoryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final Problem LOST = new Problem.Unreachable("No answer.");
  private static final Problem MISSING = new Problem.Waiting(Reason.IDENTITY_NOT_FOUND, "Where?");
  private static final Problem FORBIDDEN =
      new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No consent.");

  @Test
  void isProvenWhenNothingIsLeftToDo() {
    assertThat(verdict(bound()))
        .isEqualTo(
            new Verdict.Proven(
                Reason.BOUND, "Service account shop/orders-api can sign in as the identity."));
  }

  @Test
  void progressesWhileThereIsMoreToDo() {
    assertThat(verdict(fresh()))
        .isEqualTo(new Verdict.Progressing(Reason.PROGRESSING, "Generation 3 is being applied."));
    assertThat(verdict(bound().deleting()))
        .isEqualTo(new Verdict.Progressing(Reason.DELETING, "The credentials are being removed."));
  }

  @Test
  void isTroubledByWhatFailedAndByWhatCouldNotBePlanned() {
    assertThat(verdict(bound().absent(MISSING)))
        .isEqualTo(new Verdict.Troubled(MISSING, List.of(MISSING)));
    assertThat(verdict(bound().noAccount(), operation("DeleteCredential", "/id", LOST)))
        .isInstanceOfSatisfying(
            Verdict.Troubled.class,
            troubled -> {
              assertThat(troubled.problem().reason()).isEqualTo(Reason.SERVICE_ACCOUNT_NOT_FOUND);
              assertThat(troubled.all()).hasSize(2).contains(LOST);
            });
    assertThat(verdict(bound().deleting(), operation("DeleteCredential", "/id", LOST)))
        .isEqualTo(new Verdict.Troubled(LOST, List.of(LOST)));
  }

  @Test
  void showsWhomTheSubjectSignsInAsOnlyWhileItMay() {
    var shown = status(bound());
    assertThat(shown.clientId()).isEqualTo("client-1");
    assertThat(shown.tenantId()).isEqualTo("tenant");

    assertThat(status(bound().knowing(shown).absent(MISSING)).clientId())
        .as("what was written stays while the identity is missing")
        .isEqualTo("client-1");
    assertThat(status(bound().knowing(shown).forbidden(FORBIDDEN)).clientId()).isNull();
    assertThat(status(bound().knowing(shown).forbidden(FORBIDDEN)).tenantId()).isNull();
  }

  @Test
  void theLastOperationIsTheLastWriteToAzure() {
    var status =
        status(
            bound(),
            operation("WriteCredential", "/id", null),
            operation("AnnotateServiceAccount", "ServiceAccount shop/orders-api", null));

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.lastOperation())
        .isEqualTo(
            new OperationStatus(
                "WriteCredential", "/id", "2026-03-01T12:00:00Z", "c-1", "Succeeded"));
  }

  @Test
  void aStatusOfTheSameIsTheSame() {
    var before = status(bound(), operation("WriteCredential", "/id", LOST));
    var situation = bound().knowing(before);

    var later =
        BindingStatusFactory.status(
            situation.facts(),
            verdict(bound(), operation("WriteCredential", "/id", LOST)),
            outcome(situation),
            NOW.plusSeconds(60));

    assertThat(later).isEqualTo(before);
  }

  @Test
  void saysThatAResourceHasTheIdentityAndWhoGaveIt() {
    assertThat(verdict(ResourceSituation.having(State.ASSIGNED)))
        .isEqualTo(
            new Verdict.Proven(
                Reason.BOUND,
                "Azure resource " + ResourceSituation.MACHINE + " has the identity."));
    assertThat(verdict(ResourceSituation.having(State.FOREIGN)))
        .isEqualTo(
            new Verdict.Proven(
                Reason.BOUND,
                "Azure resource "
                    + ResourceSituation.MACHINE
                    + " has the identity; it had it before, so it keeps it without this"
                    + " binding."));
    assertThat(verdict(ResourceSituation.having(State.FOREIGN).deleting()))
        .isEqualTo(new Verdict.Progressing(Reason.DELETING, "The assignments are being removed."));
  }

  @Test
  void waitsWhileAzureIsAtWork() {
    var entry = ResourceSituation.entry(State.PENDING).waitingFor(ResourceSituation.URL);

    for (var situation :
        List.of(
            ResourceSituation.fresh().knowing(entry),
            ResourceSituation.fresh().knowing(entry).deleting())) {
      assertThat(verdict(situation))
          .isInstanceOfSatisfying(
              Verdict.Troubled.class,
              troubled ->
                  assertThat(troubled.problem())
                      .isEqualTo(
                          new Problem.Waiting(
                              Reason.OPERATION_IN_PROGRESS,
                              "Azure is still at work on resource "
                                  + ResourceSituation.MACHINE
                                  + ".")));
    }
  }

  private static Verdict verdict(ResourceSituation situation) {
    return BindingStatusFactory.verdict(
        situation.facts(), situation.plan(), new Outcome<>(situation.status(), List.of()));
  }

  private static Verdict verdict(Situation situation, Operation... operations) {
    return BindingStatusFactory.verdict(
        situation.facts(), situation.plan(), outcome(situation, operations));
  }

  private static IdentityBindingStatus status(Situation situation, Operation... operations) {
    return BindingStatusFactory.status(
        situation.facts(), verdict(situation, operations), outcome(situation, operations), NOW);
  }

  private static Outcome<IdentityBindingStatus> outcome(
      Situation situation, Operation... operations) {
    return new Outcome<>(situation.status(), List.of(operations));
  }

  private static Operation operation(String verb, String target, @Nullable Problem problem) {
    return new Operation(verb, target, NOW, "c-1", problem);
  }
}
