package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Publication;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands in the ConfigMap where pods find client ids. */
class PublicationPlanTest {
  private static final Map<String, String> NAMED =
      Map.of("AZURE_CLIENT_ID.orders", "client-1", "AZURE_TENANT_ID.orders", "tenant-1");
  private static final Map<String, String> DEFAULT =
      Map.of(
          "AZURE_CLIENT_ID",
          "client-1",
          "AZURE_TENANT_ID",
          "tenant-1",
          "AZURE_CLIENT_ID.orders",
          "client-1",
          "AZURE_TENANT_ID.orders",
          "tenant-1");

  @Test
  void theBindingThatAnnotatesSpeaksForPodsThatNameNoIdentity() {
    assertThat(life(true, Map.of())).containsExactly(publish(DEFAULT));
    assertThat(life(false, Map.of())).containsExactly(publish(NAMED));
  }

  @Test
  void whatIsRightIsNotWrittenAgain() {
    assertThat(life(true, DEFAULT)).isEmpty();
    assertThat(life(false, NAMED)).isEmpty();
  }

  @Test
  void entriesThatAreNotMeantAnyMoreGo() {
    assertThat(life(false, DEFAULT)).containsExactly(publish(NAMED));
  }

  @Test
  void whatWasPublishedIsTakenBackWithTheBinding() {
    assertThat(AccountPlanner.release(account(false, DEFAULT)))
        .containsExactly(
            new Step.WithdrawClientId(Situation.TARGET, "azure-identity-api", "map-1"));
    assertThat(AccountPlanner.release(account(false, Map.of()))).isEmpty();
  }

  private static Step publish(Map<String, String> entries) {
    return new Step.PublishClientId(Situation.TARGET, "azure-identity-api", entries);
  }

  private static List<Step> life(boolean isAnnotating, Map<String, String> entries) {
    var steps = new ArrayList<Step>();
    var problems = new ArrayList<Problem>();
    var usable =
        new Identity.Usable(new IdentityId("s", "group", "orders"), "client-1", "tenant-1");
    AccountPlanner.life(account(isAnnotating, entries), usable, 3600, steps, problems);
    assertThat(problems).isEmpty();
    return steps;
  }

  private static Account account(boolean isAnnotating, Map<String, String> entries) {
    return new Account(
        new ServiceAccountSubject("api", false, isAnnotating),
        Situation.TARGET,
        Optional.of(
            new ExistingAccount(
                "account-1",
                isAnnotating ? AccountAnnotations.of("client-1", "tenant-1", 3600) : Map.of(),
                false,
                false)),
        Optional.of(
            new Publication("azure-identity-api", Optional.of("map-1"), "orders", entries)));
  }
}
