package dev.managedidentity.dev.demo;

import dev.managedidentity.dev.process.FolderRemover;
import dev.managedidentity.dev.rig.Kubelet;
import dev.managedidentity.dev.rig.PodProgram;
import dev.managedidentity.dev.rig.ResourceManager;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What people do with the operator, as the quickstart tells it. */
final class Scene {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String NAMESPACE = "shop";

  private final Narration narration;
  private final Stage stage;
  private final Quickstart quickstart;
  private final AzureView azure;
  private final KubernetesClient kubectl;

  Scene(Narration narration, Stage stage, Quickstart quickstart) {
    this.narration = narration;
    this.stage = stage;
    this.quickstart = quickstart;
    this.azure = new AzureView(stage.azure().control());
    this.kubectl = stage.controlPlane().admin();
  }

  void apply() {
    narration.say(quickstart.text());
    azure.takeRequests();
    quickstart.apply(kubectl);
  }

  void awaitReady() {
    watch(
        rows -> rows.size() == 2 && rows.stream().allMatch(Row::isReady),
        "both resources are Ready");
    narration.say("\nWhat the operator asked of Azure:");
    azure.takeRequests().forEach(narration::say);
    narration.say("\nAzure now has " + azure.count());
  }

  /** The pod was there before its identity; now nothing holds it any more. */
  void awaitPod() {
    await(
        () -> pod().filter(found -> found.getSpec().getSchedulingGates().isEmpty()).isPresent(),
        "the pod may start");
    var pod = pod().orElseThrow();
    narration.say("Pod %s may be scheduled".formatted(pod.getMetadata().getName()));
    pod.getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .forEach(variable -> narration.say("  %s".formatted(variable.getName())));
  }

  private Optional<Pod> pod() {
    return kubectl.pods().inNamespace(NAMESPACE).list().getItems().stream().findFirst();
  }

  void signIn() {
    var pod = pod().orElseThrow();
    var folder = stage.controlPlane().newFolder("kubelet");
    var container =
        new Kubelet(kubectl, folder).start(pod, pod.getSpec().getContainers().getFirst());
    narration.say("The container starts with");
    new TreeMap<>(container.environment())
        .forEach((name, value) -> narration.say("  %s=%s".formatted(name, value)));
    var token = new PodProgram(container, stage.azure()).signIn();
    FolderRemover.remove(folder);
    narration.say("DefaultAzureCredential exchanged the token in that file for an access token");
    var resources = new ResourceManager(stage.azure(), token);
    expect(resources, Stage.GRANTED_GROUP, 200);
    expect(resources, Stage.OTHER_GROUP, 403);
    azure.takeRequests();
  }

  void delete() {
    quickstart.delete(kubectl);
    watch(List::isEmpty, "both resources are gone");
    narration.say("\nKubernetes takes some seconds to remove the namespace.");
    await(() -> quickstart.remaining(kubectl).isEmpty(), "the namespace is gone");
    narration.say("\nWhat the operator asked of Azure:");
    azure.takeRequests().forEach(narration::say);
  }

  void requireEmptyAzure() {
    narration.say("Azure now has " + azure.count());
    if (!azure.isEmpty()) {
      throw new StepFailedException("Something was left in Azure.");
    }
  }

  private void expect(ResourceManager resources, String group, int status) {
    var reply = resources.readGroup(group);
    narration.say(
        "GET resource group %-10s %d %s"
            .formatted(group + ":", reply.status(), reply.errorCode())
            .stripTrailing());
    narration.sayAtLength(reply.errorMessage());
    if (reply.status() != status) {
      throw new StepFailedException("Azure was expected to answer " + status + ".");
    }
  }

  /** Shows both kinds of resources while they change, until they are as expected. */
  private void watch(Predicate<List<Row>> isDone, String expectation) {
    var table = new LiveTable(narration);
    await(
        () -> {
          var rows = Row.all(kubectl);
          table.show(rows);
          return isDone.test(rows);
        },
        expectation);
  }

  private void await(BooleanSupplier isDone, String expectation) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!isDone.getAsBoolean()) {
      if (stage.operator().exitsWithin(INTERVAL)) {
        throw new StepFailedException("The operator stopped.");
      }
      if (Instant.now().isAfter(deadline)) {
        throw new StepFailedException(
            "Not seen within %d s: %s.".formatted(PATIENCE.toSeconds(), expectation));
      }
    }
  }
}
