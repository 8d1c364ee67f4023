package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Situation.ANNOTATIONS;
import static dev.managedidentity.operator.binding.Situation.CREDENTIAL;
import static dev.managedidentity.operator.binding.Situation.ID;
import static dev.managedidentity.operator.binding.Situation.OTHER_ID;
import static dev.managedidentity.operator.binding.Situation.bound;
import static dev.managedidentity.operator.binding.Situation.credential;
import static dev.managedidentity.operator.binding.Situation.entry;
import static dev.managedidentity.operator.binding.Situation.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.inventory.Sighting;
import dev.managedidentity.operator.plan.Finding;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of credentials; the service account has a test of its own. */
class BindingPlannerTest {
  private static final BindingPlan NOTHING = new BindingPlan(List.of(), List.of(), false);
  private static final Problem MISSING =
      new Problem.Waiting(Reason.IDENTITY_NOT_FOUND, "Where is it?");
  private static final Problem FORBIDDEN =
      new Problem.Refused(Reason.NAMESPACE_NOT_ALLOWED, "No consent.");
  private static final FederatedCredential OTHER_AUDIENCE = credential(ID, "cred-1", "other");
  private static final FederatedCredential OTHER_ISSUER = credential(ID, "cred-0", "audience");
  private static final FederatedCredential OTHER_IDENTITY =
      credential(OTHER_ID, "cred-1", "audience");

  @Test
  void remembersTheNameOfACredentialBeforeAnythingElse() {
    var plan = fresh().plan();

    var remember = new Step.RememberCredential(entry(CREDENTIAL, State.PENDING));
    assertThat(plan).isEqualTo(new BindingPlan(List.of(remember), List.of(), true));
    assertThat(plan.names()).containsExactly(BindingPlan.key(remember.entry()));
  }

  @Test
  void writesWhatWasRememberedAndThenGoesOn() {
    var given = fresh().having(CREDENTIAL, State.PENDING);

    assertThat(given.plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.WriteCredential(CREDENTIAL, "client-1", false)), List.of(), true));
    assertThat(given.plan().names()).isEmpty();
    assertThat(given.trying(CREDENTIAL).plan().steps())
        .containsExactly(new Step.WriteCredential(CREDENTIAL, "client-1", true));
  }

  @Test
  void triesAgainWhatWasRefused() {
    assertThat(fresh().having(CREDENTIAL, State.REFUSED).plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.RememberCredential(entry(CREDENTIAL, State.PENDING))),
                List.of(),
                true));
  }

  @Test
  void hasNothingToDoWhenAllIsAsAsked() {
    assertThat(bound().plan()).isEqualTo(NOTHING);
  }

  @Test
  void doubtsACredentialBeforeItIsChangedInPlace() {
    var plan = bound().using(OTHER_AUDIENCE).plan();

    assertThat(plan)
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE))),
                List.of(),
                true));
    assertThat(plan.names()).isEmpty();
  }

  @Test
  void changesTheAudienceInPlaceAndNeverAsAFirstTry() {
    var plan = fresh().having(CREDENTIAL, State.PENDING).using(OTHER_AUDIENCE).plan();

    assertThat(plan.steps())
        .containsExactly(new Step.WriteCredential(OTHER_AUDIENCE, "client-1", false));
  }

  @Test
  void writesTheCredentialOfANewIssuerBeforeItTouchesTheOldOne() {
    var given = bound().using(OTHER_ISSUER);
    assertThat(given.plan().steps())
        .containsExactly(new Step.RememberCredential(entry(OTHER_ISSUER, State.PENDING)));

    given = given.having(OTHER_ISSUER, State.PENDING);
    assertThat(given.plan().steps())
        .containsExactly(new Step.WriteCredential(OTHER_ISSUER, "client-1", false));

    given = given.having(OTHER_ISSUER, State.ACTIVE);
    assertThat(given.plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE))),
                List.of(),
                true));

    given = given.having(CREDENTIAL, State.PENDING);
    assertThat(given.plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.DeleteCredential(entry(CREDENTIAL, State.PENDING))),
                List.of(),
                false));
  }

  @Test
  void aCredentialOfTheSameNameOnAnotherIdentityIsAnother() {
    var given = bound().using(OTHER_IDENTITY);
    assertThat(given.plan().steps())
        .containsExactly(new Step.RememberCredential(entry(OTHER_IDENTITY, State.PENDING)));

    assertThat(given.having(OTHER_IDENTITY, State.ACTIVE).plan().steps())
        .containsExactly(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE)));
  }

  @Test
  void forgetsARefusedCredentialThatIsNoLongerWanted() {
    var plan = bound().having(OTHER_ISSUER, State.REFUSED).plan();

    assertThat(plan.steps())
        .containsExactly(new Step.ForgetCredential(entry(OTHER_ISSUER, State.REFUSED)));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void whatWasWrittenStaysWhileTheIdentityIsMissing(State state) {
    var plan = fresh().having(CREDENTIAL, state).absent(MISSING).plan();

    assertThat(plan).isEqualTo(new BindingPlan(List.of(), List.of(MISSING), false));
  }

  @Test
  void takesEverythingBackWhereTheIdentityMustNotBeUsed() {
    var given = bound().having(OTHER_ISSUER, State.REFUSED).forbidden(FORBIDDEN);
    assertThat(given.plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE))),
                List.of(), // a problem would end the pass here
                true));

    assertThat(given.having(CREDENTIAL, State.PENDING).plan())
        .isEqualTo(
            new BindingPlan(
                List.of(
                    new Step.ReleaseAccount("account-1"),
                    new Step.ForgetCredential(entry(OTHER_ISSUER, State.REFUSED)),
                    new Step.DeleteCredential(entry(CREDENTIAL, State.PENDING))),
                List.of(FORBIDDEN),
                false));
  }

  @Test
  void takesEverythingBackInTheEndWhateverTheIdentityDoes() {
    var steps =
        List.of(
            new Step.ReleaseAccount("account-1"),
            new Step.DeleteCredential(entry(CREDENTIAL, State.ACTIVE)));

    for (var given : List.of(bound(), bound().absent(MISSING), bound().forbidden(FORBIDDEN))) {
      assertThat(given.deleting().plan())
          .isEqualTo(new BindingPlan(List.copyOf(steps), List.of(), false));
    }
    assertThat(fresh().deleting().plan()).isEqualTo(NOTHING);
  }

  @Test
  void annotatesOnlyOnceTheCredentialIsThere() {
    var plan = fresh().having(CREDENTIAL, State.ACTIVE).plan();

    assertThat(plan.steps()).containsExactly(new Step.AnnotateAccount("account-1", ANNOTATIONS));
  }

  @Test
  void aCredentialOfAnIdentityThatWasMadeAnewIsWrittenAgain() {
    var given = bound().with(Situation.usable(ID, "client-2"));
    assertThat(given.plan())
        .isEqualTo(BindingPlan.then(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE))));

    assertThat(given.having(CREDENTIAL, State.PENDING).plan())
        .isEqualTo(BindingPlan.then(new Step.WriteCredential(CREDENTIAL, "client-2", false)));
  }

  @Test
  void repairsACredentialThatWasDeleted() {
    var plan = bound().seeing(new Sighting.Absent<>()).plan();

    assertThat(plan)
        .isEqualTo(
            BindingPlan.then(
                new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE)),
                new Finding(
                    Finding.Kind.CREDENTIAL_DELETED,
                    CREDENTIAL.id(),
                    "The federated credential was deleted; it is written again.",
                    Situation.NOW)));
  }

  @Test
  void repairsACredentialThatWasChanged() {
    var plan = bound().seeing(new Sighting.Present<>(OTHER_AUDIENCE)).plan();

    assertThat(plan.steps())
        .containsExactly(new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE)));
    assertThat(plan.findings())
        .containsExactly(
            new Finding(
                Finding.Kind.CREDENTIAL_CHANGED,
                CREDENTIAL.id(),
                "The federated credential was changed to issuer https://issuer, subject"
                    + " system:serviceaccount:shop:orders-api and audience other; it is made as it"
                    + " was.",
                Situation.NOW));
  }

  @Test
  void reportsWhatItFoundOnlyOnce() {
    var facts = bound().seeing(new Sighting.Absent<>()).facts();
    var doubtful = facts.status().withCredential(entry(CREDENTIAL, State.PENDING));
    assertThat(BindingPlanner.plan(facts.after(doubtful, Set.of()), Situation.NOW).findings())
        .isEmpty();

    var repaired = facts.status().withCredential(entry(CREDENTIAL, State.ACTIVE));
    assertThat(BindingPlanner.plan(facts.after(repaired, Set.of()), Situation.NOW))
        .as("what was seen is dealt with")
        .isEqualTo(NOTHING);
  }

  @Test
  void isNotSurprisedByACredentialThatIsAsItShouldBe() {
    assertThat(bound().seeing(new Sighting.Present<>(CREDENTIAL)).plan()).isEqualTo(NOTHING);
  }

  @Test
  void nothingIsWrittenToAnIdentityThatIsFrozen() {
    var frozen = new Identity.Frozen(Situation.usable(ID, "client-1"), FORBIDDEN);

    for (var given :
        List.of(
            fresh(),
            bound().seeing(new Sighting.Absent<>()),
            bound().noAccount().wishing(true, true),
            bound().having(OTHER_IDENTITY, State.ACTIVE))) {
      assertThat(given.with(frozen).plan()).isEqualTo(BindingPlan.stuck(FORBIDDEN));
    }
    assertThat(bound().with(frozen).plan()).as("what works goes on").isEqualTo(NOTHING);
    assertThat(bound().with(frozen).deleting().plan().steps())
        .contains(new Step.DeleteCredential(entry(CREDENTIAL, State.ACTIVE)));
  }

  @Test
  void letsGoOfWhatOthersWaitForWhileItsOwnIsTaken() {
    var taken = new Identity.Taken(FORBIDDEN, Set.of(OTHER_ID.toString()));
    var given = fresh().having(OTHER_IDENTITY, State.ACTIVE).with(taken);
    assertThat(given.plan())
        .isEqualTo(BindingPlan.then(new Step.DoubtCredential(entry(OTHER_IDENTITY, State.ACTIVE))));

    assertThat(given.having(OTHER_IDENTITY, State.PENDING).plan())
        .isEqualTo(
            new BindingPlan(
                List.of(new Step.DeleteCredential(entry(OTHER_IDENTITY, State.PENDING))),
                List.of(FORBIDDEN),
                false));
  }

  @Test
  void keepsWhatNobodyWaitsForWhileItsOwnIsTaken() {
    var taken = new Identity.Taken(FORBIDDEN, Set.of());

    assertThat(fresh().having(OTHER_IDENTITY, State.ACTIVE).with(taken).plan())
        .isEqualTo(BindingPlan.stuck(FORBIDDEN));
  }
}
