package dev.managedidentity.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.rig.OperatorProcess;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.WrittenTokens;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An operator that can die and come back, the YAML that it works for, and what came of it. */
final class World implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int LOG_LINES = 30;

  private final Rig rig;
  private final KubernetesClient kubectl;
  private final EmulatorControl azure;
  private int lives;
  private OperatorProcess operator;

  /** A world whose operator has begun to work. */
  World(Rig rig) {
    this.rig = rig;
    this.kubectl = rig.controlPlane().admin();
    this.azure = rig.azure().control();
    this.operator = newLife();
    kubectl
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(Wish.NAMESPACE).endMetadata().build())
        .create();
  }

  void apply(Wish wish) {
    var yaml = wish.yaml(rig.azure().subscriptionId());
    kubectl
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(resource -> kubectl.resource(resource).serverSideApply());
  }

  /** Asks for the deletion of everything but the service accounts, the identity first. */
  void delete(Wish wish) {
    kubectl
        .resources(ManagedIdentity.class)
        .inNamespace(Wish.NAMESPACE)
        .withName(wish.name())
        .delete();
    wish.accounts()
        .forEach(
            account ->
                kubectl
                    .resources(IdentityBinding.class)
                    .inNamespace(Wish.NAMESPACE)
                    .withName(account)
                    .delete());
  }

  /** Gets Azure ready for a moment, before the change in which it is to come. */
  void prepare(Moment moment) {
    moment.arm(azure);
  }

  /**
   * Kills the operator at this moment and starts it again. In between, what was under way in Azure
   * happens, and what people do {@code meanwhile}.
   */
  void killAt(Moment moment, Runnable meanwhile) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .failFast("the operator stopped by itself", () -> !operator.isAlive())
        .until(() -> moment.isNow(azure));
    end();
    azure.clearFaults();
    meanwhile.run();
    operator = newLife();
  }

  /** Waits until Kubernetes says that all is as wished, and requires that Azure agrees. */
  void requireOnly(Collection<Wish> wishes) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .failFast("the operator stopped by itself", () -> !operator.isAlive())
        .untilAsserted(
            () -> assertThat(resources()).containsExactlyInAnyOrderElementsOf(wanted(wishes)));
    assertThat(Facts.existing(azure.snapshot(), accounts()))
        .containsExactlyInAnyOrderElementsOf(Facts.wanted(wishes, cluster()));
    assertThat(azure.overlaps()).as("overlapping writes of credentials").isZero();
  }

  String operatorLog() {
    return operator.log().tail(LOG_LINES);
  }

  private OperatorProcess newLife() {
    return OperatorProcess.start(rig, rig.controlPlane().newFolder("operator-" + ++lives));
  }

  private String cluster() {
    return kubectl.namespaces().withName("kube-system").require().getMetadata().getUid();
  }

  private List<ServiceAccount> accounts() {
    return kubectl.serviceAccounts().inNamespace(Wish.NAMESPACE).list().getItems();
  }

  /** Everything that the operator works for, each with its readiness. */
  private List<String> resources() {
    var identities = kubectl.resources(ManagedIdentity.class).inNamespace(Wish.NAMESPACE);
    var bindings = kubectl.resources(IdentityBinding.class).inNamespace(Wish.NAMESPACE);
    return Stream.concat(
            identities.list().getItems().stream()
                .map(found -> line(found, conditions(found.getStatus()))),
            bindings.list().getItems().stream()
                .map(found -> line(found, conditions(found.getStatus()))))
        .toList();
  }

  private static List<String> wanted(Collection<Wish> wishes) {
    return Stream.concat(
            wishes.stream().map(Wish::name),
            wishes.stream().flatMap(wish -> wish.accounts().stream()))
        .map(name -> name + " is True")
        .toList();
  }

  private static String line(HasMetadata resource, List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.type().equals("Ready"))
        .map(ready -> resource.getMetadata().getName() + " is " + ready.status())
        .findFirst()
        .orElse(resource.getMetadata().getName() + " is new");
  }

  private static List<Condition> conditions(@Nullable ManagedIdentityStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  private static List<Condition> conditions(@Nullable IdentityBindingStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  /** A life in whose log a token can be read fails the test. */
  private void end() {
    operator.close();
    assertThat(operator.log().lines())
        .as("tokens in the log of life %d", lives)
        .flatMap(WrittenTokens::in)
        .isEmpty();
  }

  @Override
  public void close() {
    end();
  }
}
