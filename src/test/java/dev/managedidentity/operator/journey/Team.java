package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.TestNamespace;
import dev.managedidentity.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** An application team: a namespace, YAML to apply, and eyes on what comes of it. */
record Team(TestNamespace namespace, RunningOperator operator) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  String name() {
    return namespace.name();
  }

  /** A person with every right in the cluster. */
  KubernetesClient kubectl() {
    return namespace.admin();
  }

  AzureEmulator azure() {
    return operator.rig().azure();
  }

  /** Applies YAML; {@code $NAMESPACE} and {@code $SUBSCRIPTION} are filled in. */
  void apply(String yaml) {
    var text =
        yaml.replace("$NAMESPACE", name()).replace("$SUBSCRIPTION", azure().subscriptionId());
    kubectl()
        .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> kubectl().resource(item).serverSideApply());
  }

  /** A ManagedIdentity with this spec, as a YAML mapping in one line. */
  void applyIdentity(String name, String spec) {
    apply(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: ManagedIdentity
        metadata: {name: %s, namespace: $NAMESPACE}
        spec: %s
        """
            .formatted(name, spec));
  }

  /** An IdentityBinding of the service account of the same name, and the account. */
  void applyBinding(String name, String identity) {
    applyAccount(name);
    applyBindingSpec(
        name,
        "{identityRef: {name: %s}, subject: {serviceAccount: {name: %s}}}"
            .formatted(identity, name));
  }

  void applyBindingSpec(String name, String spec) {
    apply(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: IdentityBinding
        metadata: {name: %s, namespace: $NAMESPACE}
        spec: %s
        """
            .formatted(name, spec));
  }

  void applyAccount(String name) {
    apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s, namespace: $NAMESPACE}
        """
            .formatted(name));
  }

  /** Touches a ManagedIdentity so that the operator looks at it now. */
  void annotate(String name, String key, String value) {
    annotate(ManagedIdentity.class, name, key, value);
  }

  /** The same for a resource of another kind. */
  void annotate(Class<? extends HasMetadata> kind, String name, String key, String value) {
    kubectl()
        .resources(kind)
        .inNamespace(name())
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  /** Puts the namespace under a guardrail rule, or by null under the one that allows everything. */
  void label(@Nullable String rule) {
    var value = rule == null ? "null" : "\"" + rule + "\"";
    kubectl()
        .namespaces()
        .withName(name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"%s\":%s}}}".formatted(RunningOperator.LABEL, value));
  }

  void deleteIdentity(String name) {
    kubectl().resources(ManagedIdentity.class).inNamespace(name()).withName(name).delete();
  }

  void deleteBinding(String name) {
    kubectl().resources(IdentityBinding.class).inNamespace(name()).withName(name).delete();
  }

  Optional<ManagedIdentity> findIdentity(String name) {
    return Optional.ofNullable(
        kubectl().resources(ManagedIdentity.class).inNamespace(name()).withName(name).get());
  }

  Optional<IdentityBinding> findBinding(String name) {
    return Optional.ofNullable(
        kubectl().resources(IdentityBinding.class).inNamespace(name()).withName(name).get());
  }

  Optional<ServiceAccount> findAccount(String name) {
    return Optional.ofNullable(
        kubectl().serviceAccounts().inNamespace(name()).withName(name).get());
  }

  /** Annotations of azure-workload-identity on a service account. */
  Map<String, String> annotations(String account) {
    return findAccount(account).map(found -> found.getMetadata().getAnnotations()).orElse(Map.of());
  }

  ManagedIdentityStatus identity(String name) {
    var status = findIdentity(name).orElseThrow().getStatus();
    return Objects.requireNonNullElse(status, ManagedIdentityStatus.EMPTY);
  }

  IdentityBindingStatus binding(String name) {
    var status = findBinding(name).orElseThrow().getStatus();
    return Objects.requireNonNullElse(status, IdentityBindingStatus.EMPTY);
  }

  ManagedIdentityStatus awaitReadyIdentity(String name) {
    awaitIdentity(name, "True", "Provisioned");
    return identity(name);
  }

  IdentityBindingStatus awaitReadyBinding(String name) {
    awaitBinding(name, "True", "Bound");
    return binding(name);
  }

  /** Waits until Ready says this of the newest generation; returns its message. */
  String awaitIdentity(String name, String status, String reason) {
    eventually(
        () -> {
          var found = findIdentity(name).orElseThrow();
          assertReady(
              identity(name).conditions(), status, reason, found.getMetadata().getGeneration());
        });
    return ready(identity(name).conditions()).orElseThrow().message();
  }

  /** Waits until Ready says this of the newest generation; returns its message. */
  String awaitBinding(String name, String status, String reason) {
    eventually(
        () -> {
          var found = findBinding(name).orElseThrow();
          assertReady(
              binding(name).conditions(), status, reason, found.getMetadata().getGeneration());
        });
    return ready(binding(name).conditions()).orElseThrow().message();
  }

  private static void assertReady(
      List<Condition> conditions, String status, String reason, long generation) {
    assertThat(ready(conditions))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.status() + "/" + ready.reason())
                  .as(ready.message())
                  .isEqualTo(status + "/" + reason);
              assertThat(ready.observedGeneration()).isEqualTo(generation);
            });
  }

  static Optional<Condition> ready(List<Condition> conditions) {
    return conditions.stream().filter(condition -> condition.type().equals("Ready")).findFirst();
  }

  void awaitNoIdentity(String name) {
    eventually(() -> assertThat(findIdentity(name)).isEmpty());
  }

  void awaitNoBinding(String name) {
    eventually(() -> assertThat(findBinding(name)).isEmpty());
  }

  /** Waits until an assertion holds. */
  void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
  }

  /**
   * ARM requests about objects whose ids carry this team's namespace, oldest first, but for the
   * inventory's lists.
   */
  List<RequestEntry> requests() {
    return azure().control().requests().stream()
        .filter(request -> request.path().contains(name()))
        .filter(request -> !request.operation().endsWith("federatedIdentityCredentials/list"))
        .toList();
  }

  /** The same as the names of the operations. */
  List<String> operations() {
    return requests().stream().map(RequestEntry::operation).toList();
  }

  /** Waits until all that is there now has been listed: identities as often as everything else. */
  void awaitLists() {
    var list = "userAssignedIdentities/list";
    var before = azure().control().count(list);
    eventually(() -> assertThat(azure().control().count(list)).isGreaterThan(before + 3));
  }

  /** Names of the identities in Azure that are this team's. */
  List<String> azureIdentities() {
    return azure().control().snapshot().identities().stream()
        .map(identity -> identity.name())
        .filter(name -> name.contains(name()))
        .toList();
  }

  /** Subjects that the identity accepts. */
  List<String> subjects(ManagedIdentityStatus identity) {
    var id = new Scope(requireNonNull(identity.resourceId()));
    return azure().control().snapshot().credentials().stream()
        .filter(credential -> credential.identity().isSame(id))
        .map(credential -> credential.subject())
        .toList();
  }

  /** How many credentials the identity has, as its status says. */
  int used(String identity) {
    var usage = identity(identity).federatedCredentials();
    return usage == null ? 0 : usage.used();
  }

  /** Scopes at which the identity has been granted something. */
  List<String> grants(ManagedIdentityStatus identity) {
    return azure().control().snapshot().roleAssignments().stream()
        .filter(assignment -> assignment.grant().principalId().equals(identity.principalId()))
        .map(assignment -> assignment.scope().path())
        .toList();
  }

  /** Grants something as somebody in the portal would. */
  void grantByHand(ManagedIdentityStatus identity, String role, Scope scope) {
    azure().control().outOfBand().grant(requireNonNull(identity.principalId()), role, scope);
  }

  /** Events on a resource of the team. */
  List<Event> events(String resource) {
    return kubectl().events().v1().events().inNamespace(name()).list().getItems().stream()
        .filter(event -> resource.equals(event.getRegarding().getName()))
        .toList();
  }

  /** All that the operator may have written to the team's namespace, as YAML. */
  List<String> written() {
    return Stream.of(
            kubectl().events().v1().events().inNamespace(name()).list(),
            kubectl().resources(ManagedIdentity.class).inNamespace(name()).list(),
            kubectl().resources(IdentityBinding.class).inNamespace(name()).list(),
            kubectl().serviceAccounts().inNamespace(name()).list())
        .map(Serialization::asYaml)
        .toList();
  }

  /** What was found changed in Azure of the team's objects, and counted. */
  List<Finding.Kind> findings() {
    return operator.findings().stream()
        .filter(finding -> finding.target().contains(name()))
        .map(Finding::kind)
        .toList();
  }

  /** What people are told of such changes. */
  List<String> warnings(String resource) {
    return events(resource).stream()
        .filter(event -> event.getReason().equals("DriftFound"))
        .map(Event::getNote)
        .toList();
  }
}
