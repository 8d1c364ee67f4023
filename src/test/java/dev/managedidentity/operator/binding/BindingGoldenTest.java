package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.golden.Scenario;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.plan.Verdict;
import dev.managedidentity.operator.sharding.Places;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass over an IdentityBinding: the calls to Azure and the whole status, as YAML. */
class BindingGoldenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Guardrails GUARDRAILS =
      new Guardrails(
          List.of(
              new GuardrailRule(
                  "machines",
                  new LabelSelector(Map.of(), List.of()),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of("/subscriptions/*"),
                  List.of())),
          null,
          null,
          false);

  static List<Scenario> scenarios() {
    return Scenario.of("binding");
  }

  /** The service accounts of the scenarios need nothing, so that no API server is asked. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void leavesTheStatusAsInTheBook(Scenario scenario) {
    var azure = scenario.azure();
    try (var client = new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
      var applier =
          new BindingApplier(
              azure,
              new AccountWriters(client),
              Situation.signedIn(),
              Situation.counting(),
              InstantSource.fixed(NOW));
      var facts = observe(scenario, azure);
      while (true) {
        var plan = BindingPlanner.plan(facts, NOW);
        var outcome = applier.apply(plan, facts);
        var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
        var status = BindingStatusFactory.status(facts, verdict, outcome, NOW);
        if (verdict instanceof Verdict.Troubled || !plan.hasMore()) {
          scenario.check(new Scenario.Result<>(azure.takeCalls(), status));
          return;
        }
        facts = facts.after(status, plan.names());
      }
    }
  }

  private static BindingFacts observe(Scenario scenario, FakeAzure azure) {
    var bindings = scenario.all(IdentityBinding.class).toList();
    var binding = bindings.getFirst();
    var federation = new Federation("cluster-1", "api://default");
    return new BindingObserver(
            azure,
            new BearerObserver(
                federation,
                Situation.issuedBy("https://issuer"),
                scenario.inventory(),
                Situation.UNPROVEN),
            new Lodging(new Places(), new Census(_ -> {})),
            GUARDRAILS,
            scenario.inventory())
        .observe(
            binding,
            Objects.requireNonNullElse(binding.getStatus(), IdentityBindingStatus.EMPTY),
            new BindingObserver.Neighbours(
                new Admission.Parties(
                    scenario.find(ManagedIdentity.class),
                    scenario.find(Namespace.class),
                    bindings.stream().map(one -> new Rivals.Sibling(one, null)).toList()),
                new Lodging.Quarter(List.of(), List.of(), _ -> false),
                new AccountObserver(
                    binding, scenario.all(ServiceAccount.class).toList(), Optional.empty())));
  }
}
