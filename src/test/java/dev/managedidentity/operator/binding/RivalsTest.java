package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Neighbourhood.binding;
import static dev.managedidentity.operator.binding.Neighbourhood.deleted;
import static dev.managedidentity.operator.binding.Neighbourhood.holding;
import static dev.managedidentity.operator.binding.Neighbourhood.machineBinding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingSpec;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.IdentityRef;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two bindings of one service account to one identity: Azure takes a subject only once. */
class RivalsTest {
  private static final int OLDER = 10;
  private static final int YOUNGER = 50;
  private static final String OTHER = Situation.OTHER_ID.toString();

  @ParameterizedTest
  @CsvSource({
    // my credential, the rival's, the rival's age, whether the rival goes before
    "none,    none,    10, true",
    "none,    none,    50, false",
    "none,    REFUSED, 10, true",
    "none,    REFUSED, 50, false",
    "none,    PENDING, 50, true",
    "none,    ACTIVE,  50, true",
    "REFUSED, none,    10, true",
    "REFUSED, none,    50, false",
    "REFUSED, ACTIVE,  50, true",
    "PENDING, none,    10, false",
    "ACTIVE,  none,    10, false",
    "PENDING, ACTIVE,  50, true", // what may be there yields to what is
    "ACTIVE,  PENDING, 10, false",
    "PENDING, PENDING, 10, true", // else both would keep the other out for ever
    "PENDING, PENDING, 50, false",
    "ACTIVE,  ACTIVE,  10, true",
    "ACTIVE,  ACTIVE,  50, false",
  })
  void whoHoldsACredentialKeepsItElseTheOldestComesFirst(
      String mine, String theirs, int minute, boolean isRivalFirst) {
    var rival = binding("shop", "rival", minute, "");

    assertThat(isForbiddenBeside(rival, status(theirs), status(mine))).isEqualTo(isRivalFirst);
  }

  @Test
  void namesTheRival() {
    var facts =
        new Neighbourhood()
            .withSibling(binding("shop", "rival", OLDER, ""), null)
            .observe(binding(), IdentityBindingStatus.EMPTY);

    assertThat(facts.identity())
        .isEqualTo(
            new Identity.Forbidden(
                new Problem.Refused(
                    Reason.SUBJECT_ALREADY_BOUND,
                    "IdentityBinding rival already binds this service account to this identity.")));
  }

  @Test
  void aRivalOnItsWayOutComesFirstOnlyWhileItHoldsACredential() {
    var rival = deleted(binding("shop", "rival", OLDER, ""));

    assertThat(isForbiddenBeside(rival, holding(State.ACTIVE), null)).isTrue();
    assertThat(isForbiddenBeside(rival, null, null)).isFalse();
  }

  @Test
  void amongRivalsOfOneSecondTheUidDecides() {
    var mine = binding("shop", "binding-1", 30, "");
    var rival = binding("shop", "binding-2", 30, "");

    assertThat(around(rival, null).observe(mine, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Usable.class);
    assertThat(around(mine, null).observe(rival, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Forbidden.class);
  }

  @Test
  void itselfIsNoRival() {
    assertThat(isForbiddenBeside(binding(), holding(State.ACTIVE), null)).isFalse();
  }

  /** What a binding holds on an identity that it named before is nothing held on this one. */
  @Test
  void onlyACredentialOnThisIdentityCounts() {
    var elsewhere =
        IdentityBindingStatus.EMPTY.withCredential(
            Situation.entry(
                Situation.credential(Situation.OTHER_ID, "cred-1", "audience"), State.ACTIVE));
    var older = binding("shop", "rival", OLDER, "");
    var younger = binding("shop", "rival", YOUNGER, "");

    assertThat(isForbiddenBeside(younger, elsewhere, null)).isFalse();
    assertThat(isForbiddenBeside(older, null, elsewhere)).isTrue();
    assertThat(isForbiddenBeside(younger, holding(State.ACTIVE), elsewhere)).isTrue();
  }

  private static boolean isForbiddenBeside(
      IdentityBinding rival,
      @Nullable IdentityBindingStatus theirs,
      @Nullable IdentityBindingStatus mine) {
    return around(rival, theirs)
            .observe(binding(), mine == null ? IdentityBindingStatus.EMPTY : mine)
            .identity()
        instanceof Identity.Forbidden;
  }

  private static Neighbourhood around(
      IdentityBinding rival, @Nullable IdentityBindingStatus status) {
    return new Neighbourhood().withSibling(rival, status);
  }

  private static @Nullable IdentityBindingStatus status(String state) {
    return state.equals("none") ? null : holding(State.valueOf(state));
  }

  @Test
  void waitsForOneThatAsksForAnotherIdentityByNowToLetGo() {
    var leaver = asking(binding("shop", "leaver", OLDER, ""), "other");

    assertThat(
            new Neighbourhood()
                .withSibling(leaver, holding(State.PENDING), OTHER)
                .observe()
                .identity())
        .isEqualTo(
            new Identity.Taken(
                new Problem.Refused(
                    Reason.SUBJECT_ALREADY_BOUND,
                    "IdentityBinding leaver has not yet let go of the identity for this service"
                        + " account."),
                Set.of()));
    assertThat(new Neighbourhood().withSibling(leaver, null, OTHER).observe().identity())
        .isInstanceOf(Identity.Usable.class);
    assertThat(
            new Neighbourhood()
                .withSibling(leaver, holding(State.PENDING), OTHER)
                .observe(binding(), holding(State.ACTIVE))
                .identity())
        .as("it has it already")
        .isInstanceOf(Identity.Usable.class);
  }

  /** Two that change places would wait for each other for ever. */
  @Test
  void knowsWhatOthersWaitForToBeLetGo() {
    var leaver = asking(binding("shop", "leaver", OLDER, ""), "other");
    var elsewhere =
        IdentityBindingStatus.EMPTY.withCredential(
            Situation.entry(
                Situation.credential(Situation.OTHER_ID, "cred-1", "audience"), State.ACTIVE));

    var identity =
        new Neighbourhood()
            .withSibling(leaver, holding(State.ACTIVE), OTHER)
            .observe(binding(), elsewhere)
            .identity();

    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Taken.class, taken -> assertThat(taken.awaited()).containsExactly(OTHER));
  }

  @Test
  void bindingsOfOneAzureResourceAreRivalsInWhateverNamespace() {
    var around =
        new Neighbourhood()
            .with(Neighbourhood.identity("{allowedNamespaces: {from: All}}", Neighbourhood.WRITTEN))
            .with(Neighbourhood.namespace(Map.of("team", "shop")))
            .allowingResources()
            .withSibling(machineBinding("other", "rival", OLDER), null);

    assertThat(
            around
                .observe(machineBinding("shop", "binding-1", 30), IdentityBindingStatus.EMPTY)
                .identity())
        .isEqualTo(
            new Identity.Forbidden(
                new Problem.Refused(
                    Reason.SUBJECT_ALREADY_BOUND,
                    "IdentityBinding other/rival already binds this Azure resource to this"
                        + " identity.")));
    assertThat(around.azure().takeCalls()).isEmpty();
  }

  @Test
  void isWokenOnlyByWhatItLooksAtOfItsSiblings() {
    var before = with(binding(), holding(State.PENDING));

    assertThat(Rivals.isSeenBySiblings(with(binding(), holding(State.PENDING)), before)).isFalse();
    assertThat(
            Rivals.isSeenBySiblings(
                with(binding(), holding(State.PENDING).concluded(4, null, java.util.List.of())),
                before))
        .isFalse();
    assertThat(Rivals.isSeenBySiblings(with(binding(), holding(State.ACTIVE)), before)).isTrue();
    assertThat(Rivals.isSeenBySiblings(with(binding(), null), before)).isTrue();
    assertThat(
            Rivals.isSeenBySiblings(
                with(asking(binding(), "other"), holding(State.PENDING)), before))
        .isTrue();
    assertThat(Rivals.isSeenBySiblings(with(deleted(binding()), holding(State.PENDING)), before))
        .isTrue();
  }

  private static IdentityBinding with(
      IdentityBinding binding, @Nullable IdentityBindingStatus status) {
    binding.setStatus(status);
    return binding;
  }

  private static IdentityBinding asking(IdentityBinding binding, String identity) {
    var spec = binding.getSpec();
    binding.setSpec(
        new IdentityBindingSpec(
            new IdentityRef(identity, "shop"),
            spec.subject(),
            spec.audience(),
            null,
            3600,
            Rollout.NEVER));
    return binding;
  }
}
