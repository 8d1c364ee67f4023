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
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
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
}
