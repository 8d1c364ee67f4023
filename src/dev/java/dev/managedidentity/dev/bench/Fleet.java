package dev.managedidentity.dev.bench;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Many resources in one namespace. */
record Fleet(KubernetesClient kubectl, String namespace) {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Applies documents of YAML in a new namespace, several at a time. */
  void apply(List<String> documents) {
    create(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
            .formatted(namespace));
    try (var loaders = Executors.newFixedThreadPool(16)) {
      documents.forEach(document -> loaders.execute(() -> create(document)));
    }
  }

  /** Applies bindings, each of an account of its own, spread over identities. */
  void applyBindings(int bindings, int identities) {
    apply(documents(bindings, identities));
  }

  private List<String> documents(int bindings, int identities) {
    var documents = new ArrayList<String>();
    for (var i = 0; i < identities; i++) {
      documents.add(
          """
          apiVersion: managedidentity.dev/v1alpha1
          kind: ManagedIdentity
          metadata: {name: i%d, namespace: %s}
          spec: {}
          """
              .formatted(i, namespace));
    }
    for (var i = 0; i < bindings; i++) {
      documents.add(
          """
          apiVersion: v1
          kind: ServiceAccount
          metadata: {name: NAME, namespace: SPACE}
          ---
          apiVersion: managedidentity.dev/v1alpha1
          kind: IdentityBinding
          metadata: {name: NAME, namespace: SPACE}
          spec: {identityRef: {name: IDENTITY}, subject: {serviceAccount: {name: NAME}}}
          """
              .replace("NAME", "b" + i)
              .replace("SPACE", namespace)
              .replace("IDENTITY", "i" + i % identities));
    }
    return documents;
  }

  /** Returns when so many identities and bindings together are ready. */
  void awaitReady(long count) throws InterruptedException {
    while (ready(ManagedIdentity.class) + ready(IdentityBinding.class) < count) {
      pause(LOOK);
    }
  }

  static void pause(Duration duration) throws InterruptedException {
    new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void create(String yaml) {
    kubectl
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> kubectl.resource(item).serverSideApply());
  }

  private <T extends CustomResource<?, ?>> long ready(Class<T> kind) {
    return kubectl.resources(kind).inNamespace(namespace).list().getItems().stream()
        .filter(resource -> isReady(resource))
        .count();
  }

  private static boolean isReady(CustomResource<?, ?> resource) {
    var conditions =
        switch (resource) {
          case ManagedIdentity identity when identity.getStatus() != null ->
              identity.getStatus().conditions();
          case IdentityBinding binding when binding.getStatus() != null ->
              binding.getStatus().conditions();
          default -> List.<Condition>of();
        };
    return conditions.stream()
        .anyMatch(one -> one.type().equals("Ready") && one.status().equals("True"));
  }
}
