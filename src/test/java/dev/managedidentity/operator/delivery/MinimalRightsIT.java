package dev.managedidentity.operator.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.cluster.ControlPlaneOptions;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.EmulatorOptions;
import dev.managedidentity.dev.process.FreePorts;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.dev.rig.Shipped;
import dev.managedidentity.dev.rig.WebhookRegistration;
import dev.managedidentity.operator.apiserver.AccessQuestion;
import dev.managedidentity.operator.delivery.Audit.Request;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The operator uses each of its rights, and cannot do its work without any one of them. */
@TestInstance(Lifecycle.PER_CLASS)
class MinimalRightsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Rights that no usual day shows, and what needs them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "get identitybindings.managedidentity.dev", "a binding's name is taken",
          "get managedidentities.managedidentity.dev", "a shard's name is taken",
          "create configmaps", "applying what is not there yet needs it beside patch",
          "update leases.coordination.k8s.io", "the operator SDK asks for it before it starts",
          "patch secrets", "the certificate is renewed after months");

  @SuppressWarnings("NullAway.Init") // before all
  private ControlPlane controlPlane;

  @SuppressWarnings("NullAway.Init") // before all
  private Rig rig;

  @SuppressWarnings("NullAway.Init") // before all
  private Audit audit;

  @BeforeAll
  void start(@TempDir Path folder) {
    audit = new Audit(folder.resolve("audit.log"));
    controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.standard().withApiServerFlags(audit.flags(Rig.USER)));
    rig = Rig.on(controlPlane, AzureEmulator.start(EmulatorOptions.defaults()));
  }

  @AfterAll
  void stop() {
    rig.close();
    controlPlane.close();
  }

  @Test
  void everyRightIsUsed() {
    var from = audit.size();
    var day = new Day(controlPlane.admin(), "all-rights");
    try (var operator = operator("all-rights")) {
      operator.awaitReady();
      await().atMost(PATIENCE).until(day::isOver);
    }

    assertThat(audit.since(from).filter(request -> !request.isAllowed())).isEmpty();
    var used = audit.since(from).map(Request::toString).collect(toSet());
    used.addAll(ELSEWHERE.keySet());
    assertThat(roles().flatMap(MinimalRightsIT::rules).flatMap(MinimalRightsIT::rights))
        .as("rights, of which each is used: %s", used)
        .isSubsetOf(used);
  }

  @TestFactory
  Stream<DynamicTest> noRuleCanBeSpared() {
    return roles()
        .flatMap(
            role ->
                rules(role)
                    .map(
                        rule ->
                            DynamicTest.dynamicTest(
                                "without " + rights(rule).toList(), () -> isMissed(role, rule))));
  }

  private void isMissed(HasMetadata role, PolicyRule rule) {
    var admin = controlPlane.admin();
    var name = "rule-" + Integer.toHexString(rule.hashCode());
    forget(admin);
    replace(without(role, rule));
    awaitAllowed(rule, false);
    var from = audit.size();
    var day = new Day(admin, name);
    try (var operator = operator(name)) {
      BooleanSupplier isMissed = () -> !operator.isAlive() || isRefused(from, rule);
      await().atMost(PATIENCE).until(() -> operator.isReady() || isMissed.getAsBoolean());
      await().atMost(PATIENCE).until(() -> isMissed.getAsBoolean() || day.isOver());
      assertThat(isMissed)
          .as("nobody misses %s", rights(rule).toList())
          .returns(true, BooleanSupplier::getAsBoolean);
    } finally {
      replace(role);
      awaitAllowed(rule, true);
    }
  }

  /** Whether the operator was refused something that the rule allows. */
  private boolean isRefused(int from, PolicyRule rule) {
    var rights = rights(rule).toList();
    return audit
        .since(from)
        .anyMatch(request -> !request.isAllowed() && rights.contains(request.toString()));
  }

  private OperatorProcess operator(String name) {
    var port = FreePorts.choose();
    WebhookRegistration.apply(controlPlane.admin(), port);
    return OperatorProcess.start(
        rig, controlPlane.newFolder(name), WebhookRegistration.configuration(port));
  }

  /** What a former operator made would save the next one from making it. */
  private static void forget(KubernetesClient admin) {
    admin.secrets().inNamespace(Rig.OPERATOR).delete();
    admin.leases().inNamespace(Rig.OPERATOR).delete();
  }

  /** API servers take a moment to notice. */
  private void awaitAllowed(PolicyRule rule, boolean isAllowed) {
    var question = AccessQuestion.about(List.of(rule)).in(Rig.OPERATOR);
    await()
        .atMost(PATIENCE)
        .until(() -> question.isAnsweredYes(controlPlane.admin(), Rig.USER) == isAllowed);
  }

  private Stream<HasMetadata> roles() {
    return Shipped.rights(controlPlane.admin()).stream()
        .filter(item -> item instanceof ClusterRole || item instanceof Role);
  }

  private void replace(HasMetadata role) {
    controlPlane.admin().resource(role).forceConflicts().serverSideApply();
  }

  private static Stream<PolicyRule> rules(HasMetadata role) {
    return switch (role) {
      case ClusterRole cluster -> cluster.getRules().stream();
      case Role own -> own.getRules().stream();
      default -> Stream.of();
    };
  }

  private static HasMetadata without(HasMetadata role, PolicyRule rule) {
    var left = rules(role).filter(one -> !one.equals(rule)).toList();
    return switch (role) {
      case ClusterRole cluster -> cluster.edit().withRules(left).build();
      case Role own -> own.edit().withRules(left).build();
      default -> throw new IllegalArgumentException(role.getKind());
    };
  }

  /** Each right of a rule, in the words of a request. */
  private static Stream<String> rights(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(
            verb ->
                rule.getResources().stream()
                    .map(
                        resource ->
                            new Request(verb, rule.getApiGroups().getFirst(), resource, true)
                                .toString()));
  }
}
