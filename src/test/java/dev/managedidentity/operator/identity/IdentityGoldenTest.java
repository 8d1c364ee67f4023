package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.azure.AzureDefaults;
import dev.managedidentity.operator.golden.Scenario;
import dev.managedidentity.operator.identity.IdentityFacts.User;
import dev.managedidentity.operator.kube.OwnBindings;
import dev.managedidentity.operator.plan.Verdict;
import dev.managedidentity.operator.sharding.ShardWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass over a ManagedIdentity: the calls to Azure and the whole status, as YAML. */
class IdentityGoldenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  static List<Scenario> scenarios() {
    return Scenario.of("identity");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void leavesTheStatusAsInTheBook(Scenario scenario) {
    var azure = scenario.azure();
    var resource = scenario.find(ManagedIdentity.class).orElseThrow();
    var observer = Observers.of(azure, new AzureDefaults("sub", "group", null, Map.of()));
    var applier =
        new IdentityApplier(azure, OwnBindings.NONE, ShardWriter.NONE, InstantSource.fixed(NOW));
    var users =
        scenario
            .all(IdentityBinding.class)
            .map(one -> new User("shop/" + one.getMetadata().getName(), true))
            .toArray(User[]::new);

    var facts =
        observer.observe(
            resource,
            Objects.requireNonNullElse(resource.getStatus(), ManagedIdentityStatus.EMPTY),
            Observers.neighbours(users));
    while (true) {
      var plan = IdentityPlanner.plan(facts);
      var outcome = applier.apply(plan, facts.status(), resource);
      var verdict = IdentityStatusFactory.verdict(facts, plan, outcome);
      var status = IdentityStatusFactory.status(facts, verdict, outcome, NOW);
      if (verdict instanceof Verdict.Troubled || !plan.hasMore()) {
        scenario.check(new Scenario.Result<>(azure.takeCalls(), status));
        return;
      }
      facts = facts.after(status, plan.names());
    }
  }
}
