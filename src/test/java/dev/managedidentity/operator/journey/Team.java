package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.apiserver.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** An application team: a namespace, YAML to apply, and eyes on what comes of it. */
record Team(TestNamespace namespace, RunningOperator operator) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  String name() {
    return namespace.name();
  }

  KubernetesClient kubectl() {
    return namespace.admin();
  }

  AzureEmulator azure() {
    return operator.rig().azure();
  }

  /**
   * Applies YAML to the team's namespace; {@code $NAMESPACE} and {@code $SUBSCRIPTION} are filled
   * in.
   */
  void apply(String yaml) {
    var text =
        yaml.replace("$NAMESPACE", name()).replace("$SUBSCRIPTION", azure().subscriptionId());
    kubectl()
        .load(
            new java.io.ByteArrayInputStream(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> kubectl().resource(item).serverSideApply());
  }

  ManagedIdentity identity(String name) {
    return kubectl().resources(ManagedIdentity.class).inNamespace(name()).withName(name).require();
  }

  IdentityBinding binding(String name) {
    return kubectl().resources(IdentityBinding.class).inNamespace(name()).withName(name).require();
  }

  ManagedIdentityStatus awaitReadyIdentity(String name) {
    awaitCondition(() -> conditions(identity(name)), "Ready", "True", name);
    return Objects.requireNonNull(identity(name).getStatus());
  }

  IdentityBindingStatus awaitReadyBinding(String name) {
    awaitCondition(() -> conditions(binding(name)), "Ready", "True", name);
    return Objects.requireNonNull(binding(name).getStatus());
  }

  /** Waits until Ready has this status and reason; returns its message. */
  String awaitIdentity(String name, String status, String reason) {
    return await(name, status, reason, () -> conditions(identity(name)));
  }

  /** Waits until Ready has this status and reason; returns its message. */
  String awaitBinding(String name, String status, String reason) {
    return await(name, status, reason, () -> conditions(binding(name)));
  }

  private static String await(
      String name,
      String status,
      String reason,
      java.util.function.Supplier<List<Condition>> conditions) {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(ready(conditions.get()))
                    .as("Ready of %s", name)
                    .hasValueSatisfying(
                        ready -> {
                          assertThat(ready.status()).isEqualTo(status);
                          assertThat(ready.reason()).isEqualTo(reason);
                        }));
    return ready(conditions.get()).orElseThrow().message();
  }

  private static void awaitCondition(
      java.util.function.Supplier<List<Condition>> conditions,
      String type,
      String status,
      String name) {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(conditions.get())
                    .as("conditions of %s", name)
                    .anySatisfy(
                        condition -> {
                          assertThat(condition.type()).isEqualTo(type);
                          assertThat(condition.status()).isEqualTo(status);
                        }));
  }

  private static Optional<Condition> ready(List<Condition> conditions) {
    return conditions.stream().filter(condition -> condition.type().equals("Ready")).findFirst();
  }

  private static List<Condition> conditions(ManagedIdentity identity) {
    return identity.getStatus() == null ? List.of() : identity.getStatus().conditions();
  }

  private static List<Condition> conditions(IdentityBinding binding) {
    return binding.getStatus() == null ? List.of() : binding.getStatus().conditions();
  }

  /** ARM requests about objects whose ids carry this team's namespace, oldest first. */
  List<RequestEntry> requests() {
    return azure().control().requests().stream()
        .filter(request -> request.path().contains(name()))
        .toList();
  }

  /** The same as the names of the operations. */
  List<String> operations() {
    return requests().stream().map(RequestEntry::operation).collect(Collectors.toList());
  }

  /** Waits until nothing of this team is left: neither in Kubernetes nor in Azure. */
  void awaitGone() {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(
                      kubectl()
                          .resources(ManagedIdentity.class)
                          .inNamespace(name())
                          .list()
                          .getItems())
                  .isEmpty();
              assertThat(
                      kubectl()
                          .resources(IdentityBinding.class)
                          .inNamespace(name())
                          .list()
                          .getItems())
                  .isEmpty();
            });
    assertThat(azure().control().snapshot().identities())
        .noneSatisfy(identity -> assertThat(identity.toString()).contains(name()));
  }
}
