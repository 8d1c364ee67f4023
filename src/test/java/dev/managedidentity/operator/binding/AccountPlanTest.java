package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Situation.ANNOTATIONS;
import static dev.managedidentity.operator.binding.Situation.TARGET;
import static dev.managedidentity.operator.binding.Situation.bound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the service account once the credential is there. */
class AccountPlanTest {
  private static final BindingPlan NOTHING = new BindingPlan(List.of(), List.of(), false);
  private static final Map<String, String> OTHERS =
      AccountAnnotations.of("client-9", "tenant", 3600);

  @Test
  void waitsForAnAccountThatItIsNotToCreate() {
    assertThat(bound().noAccount().plan())
        .isEqualTo(
            new BindingPlan(
                List.of(),
                List.of(
                    new Problem.Waiting(
                        Reason.SERVICE_ACCOUNT_NOT_FOUND,
                        "The service account shop/orders-api does not exist.")),
                false));
  }

  @Test
  void createsTheAccountWithItsAnnotations() {
    assertThat(bound().noAccount().wishing(true, true).plan())
        .isEqualTo(plan(new Step.CreateAccount(TARGET, ANNOTATIONS)));
    assertThat(bound().noAccount().wishing(true, false).plan())
        .isEqualTo(plan(new Step.CreateAccount(TARGET, Map.of())));
  }

  @Test
  void annotatesAnAccountThatIsThereAlreadyAlsoWhereItMightCreateIt() {
    assertThat(bound().account(Map.of("a", "b"), false, false).wishing(true, true).plan())
        .isEqualTo(plan(new Step.AnnotateAccount(TARGET, "account-1", false, ANNOTATIONS)));
  }

  @Test
  void annotatesAgainWhenAnAnnotationDiffers() {
    for (var name : ANNOTATIONS.keySet()) {
      var differing = new HashMap<>(ANNOTATIONS);
      differing.put(name, "something else");

      assertThat(bound().account(differing, false, true).plan())
          .as(name)
          .isEqualTo(plan(new Step.AnnotateAccount(TARGET, "account-1", false, ANNOTATIONS)));
    }
  }

  @Test
  void triesToAnnotateWhatSomebodyElseAnnotatedAndLetsTheApiServerDecide() {
    assertThat(bound().account(OTHERS, false, false).plan())
        .isEqualTo(plan(new Step.AnnotateAccount(TARGET, "account-1", false, ANNOTATIONS)));
  }

  @Test
  void isContentWithTheRightAnnotationsWhoeverSetThem() {
    var more = new HashMap<>(ANNOTATIONS);
    more.put("a", "b");

    assertThat(bound().account(more, false, false).plan()).isEqualTo(NOTHING);
  }

  @Test
  void takesItsAnnotationsBackWhenTheyAreNotWantedAnyMore() {
    assertThat(bound().wishing(false, false).plan())
        .isEqualTo(plan(new Step.ReleaseAccount(TARGET, "account-1", false)));
  }

  @Test
  void leavesAnnotationsOfOthersAlone() {
    var others = bound().account(OTHERS, false, false);

    assertThat(others.wishing(false, false).plan()).isEqualTo(NOTHING);
    assertThat(others.deleting().plan().steps())
        .doesNotHaveAnyElementsOfTypes(Step.ReleaseAccount.class, Step.AnnotateAccount.class);
  }

  @Test
  void hasNothingToTakeBackFromAnAccountThatIsGone() {
    assertThat(bound().noAccount().deleting().plan().steps())
        .doesNotHaveAnyElementsOfTypes(Step.ReleaseAccount.class);
  }

  private static BindingPlan plan(Step step) {
    return new BindingPlan(List.of(step), List.of(), false);
  }
}
