package dev.managedidentity.operator.identity;

import static dev.managedidentity.operator.identity.Situation.DEFINITION;
import static dev.managedidentity.operator.identity.Situation.ID;
import static dev.managedidentity.operator.identity.Situation.READER;
import static dev.managedidentity.operator.identity.Situation.WRITER;
import static dev.managedidentity.operator.identity.Situation.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.RoleAssignmentSpec;
import dev.managedidentity.operator.api.RoleAssignmentStatus;
import dev.managedidentity.operator.api.RoleAssignmentStatus.State;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.identity.IdentityPlan.Step;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityApplierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Set<String> TAGS = Set.of("team");
  private static final ManagedIdentityStatus NAMED =
      ManagedIdentityStatus.EMPTY
          .withResource(ID.toString(), "westeurope", Ownership.CREATED)
          .withUnknownContent(TAGS);
  private static final ManagedIdentityStatus WRITTEN =
      NAMED.withIdentity("client-1", "principal-1", "tenant").withContent("f", TAGS);
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");

  private final FakeAzure azure = new FakeAzure();

  @Test
  void rememberingChangesNothingButTheStatus() {
    var outcome =
        apply(
            ManagedIdentityStatus.EMPTY,
            new Step.RememberIdentity(ID, "westeurope", Ownership.CREATED, TAGS),
            new Step.RememberRole(entry(READER, State.PENDING)),
            new Step.RememberRole(entry(WRITER, State.REFUSED)),
            new Step.ForgetRole(entry(WRITER, State.REFUSED)));

    assertThat(outcome.status()).isEqualTo(NAMED.withRole(entry(READER, State.PENDING)));
    assertThat(outcome.operations()).isEmpty();
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void doubtingChangesNothingButTheStatus() {
    var outcome =
        apply(
            WRITTEN.withRole(entry(READER, State.ASSIGNED)),
            new Step.DoubtIdentity(TAGS),
            new Step.DoubtRole(entry(READER, State.ASSIGNED)));

    assertThat(outcome.status())
        .isEqualTo(
            WRITTEN
                .withUnknownContent(TAGS)
                .withRole(entry(READER, State.ASSIGNED).in(State.PENDING)));
    assertThat(outcome.status().clientId()).isEqualTo("client-1");
    assertThat(azure.takeCalls()).isEmpty();
  }

  @Test
  void learnsTheIdsOfTheIdentityThatItWrites() {
    var outcome = apply(NAMED, write(true));

    assertThat(outcome.status()).isEqualTo(WRITTEN);
    assertThat(outcome.operations())
        .containsExactly(new Operation("WriteIdentity", ID.toString(), NOW, "correlation-1", null));
    assertThat(azure.identities()).extracting(one -> one.id()).containsExactly(ID);
  }

  @ParameterizedTest
  @CsvSource({
    "true, denied, false",
    "true, throttled, false",
    "true, lost, true",
    "true, unexpected, true",
    "false, denied, true",
    "false, lost, true",
  })
  void forgetsTheNameOnlyWhenAzureCertainlyHasNothing(
      boolean isFirstTry, String failure, boolean isKept) {
    azure.failing(problem(failure));

    var outcome = apply(NAMED, write(isFirstTry));

    assertThat(outcome.status()).isEqualTo(isKept ? NAMED : ManagedIdentityStatus.EMPTY);
    assertThat(outcome.problems()).containsExactly(problem(failure));
  }

  @Test
  void aFailedChangeForgetsNothingThatIsKnown() {
    azure.failing(DENIED);

    assertThat(apply(WRITTEN, write(false)).status()).isEqualTo(WRITTEN);
  }

  @Test
  void tellsWhoseTheAssignmentIsThatItFindsOrMakes() {
    azure.withAssignment(
        new RoleAssignment(
            WRITER.scope(), "by-hand", definition(WRITER), "principal-1", null, null));

    var outcome = apply(WRITTEN, assign(READER, true), assign(WRITER, true));

    assertThat(outcome.status().roleAssignments())
        .containsExactly(entry(READER, State.ASSIGNED), entry(WRITER, State.FOREIGN));
    assertThat(outcome.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "true, denied, REFUSED",
    "true, notVisible, PENDING",
    "true, throttled, PENDING",
    "true, lost, PENDING",
    "false, denied, PENDING",
    "false, lost, PENDING",
  })
  void refusesAnAssignmentOnlyWhenAzureCertainlyHasNothing(
      boolean isFirstTry, String failure, State state) {
    azure.failing(problem(failure));

    var outcome = apply(WRITTEN, assign(READER, isFirstTry));

    var problem = problem(failure);
    assertThat(outcome.status().roleAssignments())
        .containsExactly(
            entry(READER, State.PENDING).in(state, problem.reason().word(), problem.message()));
  }

  @Test
  void aFailedAssignmentKeepsNoOtherFromBeingTried() {
    azure.failing(DENIED);

    var outcome = apply(WRITTEN, assign(READER, true), assign(WRITER, true));

    assertThat(states(outcome)).containsExactly(State.REFUSED, State.ASSIGNED);
    assertThat(outcome.problems()).containsExactly(DENIED);
  }

  @Test
  void whyAnAssignmentWasRefusedIsForgottenWhenItSucceeds() {
    azure.failing(DENIED);
    var refused = apply(WRITTEN, assign(READER, false)).status();

    var outcome = apply(refused, assign(READER, false));

    assertThat(outcome.status().roleAssignments()).containsExactly(entry(READER, State.ASSIGNED));
  }

  @Test
  void removesAssignmentsAndTheIdentityInThatOrder() {
    var status = apply(NAMED, write(true), assign(READER, true)).status();
    azure.takeCalls();

    var outcome = apply(status, unassign(READER), new Step.DeleteIdentity(ID));

    assertThat(outcome.status()).isEqualTo(ManagedIdentityStatus.EMPTY);
    assertThat(azure.takeCalls())
        .containsExactly("DeleteRoleAssignment /subscriptions/s1", "DeleteIdentity orders");
    assertThat(azure.identities()).isEmpty();
    assertThat(azure.assignments()).isEmpty();
  }

  @Test
  void keepsTheIdentityWhenARoleCouldNotBeRemovedButTriesTheOtherRoles() {
    azure.failing(DENIED);
    var status =
        WRITTEN.withRole(entry(READER, State.ASSIGNED)).withRole(entry(WRITER, State.ASSIGNED));

    var outcome = apply(status, unassign(READER), unassign(WRITER), new Step.DeleteIdentity(ID));

    assertThat(azure.takeCalls())
        .containsExactly(
            "DeleteRoleAssignment /subscriptions/s1", "DeleteRoleAssignment /subscriptions/s2");
    assertThat(outcome.status()).isEqualTo(WRITTEN.withRole(entry(READER, State.ASSIGNED)));
  }

  @Test
  void remembersTheIdentityThatCouldNotBeDeleted() {
    azure.failing(DENIED);

    var outcome = apply(WRITTEN, new Step.DeleteIdentity(ID));

    assertThat(outcome.status()).isEqualTo(WRITTEN);
    assertThat(outcome.operations())
        .containsExactly(
            new Operation("DeleteIdentity", ID.toString(), NOW, "correlation-1", DENIED));
  }

  private Outcome<ManagedIdentityStatus> apply(ManagedIdentityStatus status, Step... steps) {
    return new IdentityApplier(azure, OwnBindings.NONE, ShardWriter.NONE, InstantSource.fixed(NOW))
        .apply(IdentityPlan.last(List.of(steps), List.of()), status, Resource.withSpec("{}"));
  }

  private static List<State> states(Outcome<ManagedIdentityStatus> outcome) {
    return outcome.status().roleAssignments().stream().map(RoleAssignmentStatus::state).toList();
  }

  private static Step write(boolean isFirstTry) {
    return new Step.WriteIdentity(DEFINITION, "f", TAGS, isFirstTry);
  }

  private static Step assign(RoleAssignmentSpec role, boolean isFirstTry) {
    var entry = entry(role, State.PENDING);
    var id = Objects.requireNonNull(entry.id());
    var assignment =
        new RoleAssignment(
            role.scope(),
            id.substring(id.lastIndexOf('/') + 1),
            definition(role),
            "principal-1",
            null,
            null);
    return new Step.AssignRole(entry, assignment, Situation.content(role), isFirstTry);
  }

  private static String definition(RoleAssignmentSpec role) {
    return Situation.definitionId(role);
  }

  private static Step unassign(RoleAssignmentSpec role) {
    return new Step.UnassignRole(entry(role, State.ASSIGNED));
  }

  private static Problem problem(String word) {
    return switch (word) {
      case "denied" -> DENIED;
      case "throttled" -> new Problem.Throttled(Duration.ofSeconds(7), "Slow.");
      case "notVisible" -> new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, "Not yet.");
      case "lost" -> new Problem.Unreachable("No answer.");
      case "unexpected" -> new Problem.Unexpected("What?");
      default -> throw new IllegalArgumentException(word);
    };
  }
}
