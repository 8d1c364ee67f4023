package dev.managedidentity.operator.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.pods.PodAdmission;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that teams ask of the operator, in one namespace: a binding that changes while pods run,
 * workloads of each kind with an identity of their own, one of which gives it back.
 */
final class Day {
  private static final String RESOURCES =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: $NAMESPACE}
      ---
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: orders, namespace: $NAMESPACE}
      spec: {}
      ---
      apiVersion: managedidentity.dev/v1alpha1
      kind: ManagedIdentity
      metadata: {name: payments, namespace: $NAMESPACE}
      spec: {}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: early, namespace: $NAMESPACE}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: early, namespace: $NAMESPACE, labels: {azure.workload.identity/use: "true"}}
      spec: {serviceAccountName: early, containers: [{name: main, image: example.com/early}]}
      ---
      apiVersion: managedidentity.dev/v1alpha1
      kind: IdentityBinding
      metadata: {name: early, namespace: $NAMESPACE}
      spec: {identityRef: {name: orders}, subject: {serviceAccount: {name: early}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: reports, namespace: $NAMESPACE, annotations: {managedidentity.dev/system-assigned: "true"}}
      spec:
        replicas: 0
        selector: {matchLabels: {app: reports}}
        template:
          metadata: {labels: {app: reports}}
          spec: {serviceAccountName: reports, containers: [{name: main, image: example.com/reports}]}
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: nightly, namespace: $NAMESPACE, annotations: {managedidentity.dev/system-assigned: "true"}}
      spec:
        schedule: 0 0 1 1 *
        jobTemplate:
          spec:
            template:
              spec:
                serviceAccountName: nightly
                restartPolicy: Never
                containers: [{name: main, image: example.com/nightly}]
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: $NAMESPACE}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web, azure.workload.identity/use: "true"}}
          spec: {serviceAccountName: api, containers: [{name: main, image: example.com/web}]}
      """;

  private static final String OTHERS =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: ledger, namespace: $NAMESPACE}
      spec:
        serviceName: ledger
        selector: {matchLabels: {app: ledger}}
        template:
          metadata: {labels: {app: ledger, azure.workload.identity/use: "true"}}
          spec: {serviceAccountName: api, containers: [{name: main, image: example.com/ledger}]}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent, namespace: $NAMESPACE}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent, azure.workload.identity/use: "true"}}
          spec: {serviceAccountName: api, containers: [{name: main, image: example.com/agent}]}
      """;

  /** There are no nodes for which the controller of a DaemonSet could make one. */
  private static final String OWNED_POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: $NAME-0
        namespace: $NAMESPACE
        labels: {azure.workload.identity/use: "true"}
        ownerReferences: [{apiVersion: apps/v1, kind: $KIND, name: $NAME, uid: $UID, controller: true}]
      spec: {serviceAccountName: api, containers: [{name: main, image: example.com/other}]}
      """;

  private static final String BINDING =
      """
      apiVersion: managedidentity.dev/v1alpha1
      kind: IdentityBinding
      metadata: {name: api, namespace: $NAMESPACE}
      spec:
        identityRef: {name: $IDENTITY}
        subject: {serviceAccount: {name: api, create: true}}
        rollout: Restart
      """;

  private final KubernetesClient admin;
  private final String namespace;
  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();

  Day(KubernetesClient admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
    steps.add(this::begin);
    steps.add(this::deploy);
    steps.add(this::bindAnew);
    steps.add(this::end);
  }

  /** Does what can be done by now; whether the day is over. */
  boolean isOver() {
    try {
      while (!steps.isEmpty()) {
        steps.getFirst().run();
        steps.removeFirst();
      }
      return true;
    } catch (AssertionError _) {
      return false; // what the step builds on is not there yet
    }
  }

  private void begin() {
    apply(RESOURCES);
    apply(BINDING.replace("$IDENTITY", "orders"));
  }

  private void deploy() {
    assertThat(identities()).hasSize(4).allMatch(Day::isThere);
    assertThat(isReady("api")).isTrue();
    assertThat(pod("early").getSpec().getSchedulingGates()).isEmpty();
    apply(WEB);
    apply(OTHERS);
    applyPodOf(admin.apps().daemonSets().inNamespace(namespace).withName("agent").require());
  }

  private void applyPodOf(HasMetadata workload) {
    apply(
        OWNED_POD
            .replace("$NAME-0", workload.getMetadata().getName() + "-0")
            .replace("$NAME,", workload.getMetadata().getName() + ",")
            .replace("$KIND", workload.getKind())
            .replace("$UID", workload.getMetadata().getUid()));
  }

  private void bindAnew() {
    assertThat(startedAs("orders")).isTrue();
    apply(BINDING.replace("$IDENTITY", "payments"));
    admin
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("reports")
        .edit(
            deployment -> {
              deployment.getMetadata().setAnnotations(Map.of());
              return deployment;
            });
    bindings().withName("early").delete();
  }

  private void end() {
    assertThat(startedAs("payments")).isTrue();
    assertThat(identities()).hasSize(3);
    var ledger = admin.apps().statefulSets().inNamespace(namespace).withName("ledger").require();
    var agent = admin.apps().daemonSets().inNamespace(namespace).withName("agent").require();
    assertThat(List.of(ledger.getSpec().getTemplate(), agent.getSpec().getTemplate()))
        .allMatch(template -> template.getMetadata().getAnnotations() != null);
    assertThat(bindings().withName("early").get()).isNull();
    assertThat(isReady("api")).isTrue();
  }

  private boolean isReady(String binding) {
    var found = bindings().withName(binding).get();
    return found != null
        && found.getStatus() != null
        && found.getStatus().conditions().stream()
            .anyMatch(
                condition -> condition.type().equals("Ready") && condition.status().equals("True"));
  }

  private boolean startedAs(String identity) {
    var client =
        identities().stream()
            .filter(one -> one.getMetadata().getName().equals(identity))
            .map(one -> requireNonNull(one.getStatus()).clientId())
            .findFirst();
    return client.isPresent()
        && admin.pods().inNamespace(namespace).withLabel("app", "web").list().getItems().stream()
            .map(pod -> pod.getMetadata().getAnnotations())
            .filter(Objects::nonNull)
            .anyMatch(annotations -> client.get().equals(annotations.get(PodAdmission.CLIENT_ID)));
  }

  private Pod pod(String name) {
    return admin.pods().inNamespace(namespace).withName(name).require();
  }

  private List<ManagedIdentity> identities() {
    return admin.resources(ManagedIdentity.class).inNamespace(namespace).list().getItems();
  }

  private NonNamespaceOperation<
          IdentityBinding, KubernetesResourceList<IdentityBinding>, Resource<IdentityBinding>>
      bindings() {
    return admin.resources(IdentityBinding.class).inNamespace(namespace);
  }

  private static boolean isThere(ManagedIdentity identity) {
    return identity.getStatus() != null && identity.getStatus().clientId() != null;
  }

  private void apply(String yaml) {
    var text = yaml.replace("$NAMESPACE", namespace);
    admin
        .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> admin.resource(item).serverSideApply());
  }
}
