package dev.managedidentity.dev.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What people do with the operator, as the quickstart tells it. */
final class Scene {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String NAMESPACE = "shop";
  private static final String ACCOUNT = "orders-api";

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

  void signIn() {
    var account = kubectl.serviceAccounts().inNamespace(NAMESPACE).withName(ACCOUNT).require();
    var workload = new Workload(account, stage.azure());
    narration.say("Service account %s/%s is annotated with".formatted(NAMESPACE, ACCOUNT));
    narration.say("  client id  " + workload.clientId());
    narration.say("  tenant id  " + workload.tenantId());
    var folder = stage.controlPlane().newFolder("workload");
    var file = workload.writeToken(kubectl, folder);
    narration.say("The API server issued a token");
    narration.say("  subject    " + workload.subject());
    narration.say("  audience   " + Workload.AUDIENCE);
    var token = workload.signIn(file);
    delete(file);
    narration.say("WorkloadIdentityCredential exchanged it for an access token");
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

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
