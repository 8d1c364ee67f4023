package dev.managedidentity.dev.rig;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Parts of the manifest that ships, for those who have no nodes to run its pods on. */
public final class Shipped {
  /** All that a cluster needs to be given. */
  public static final Path MANIFEST = Path.of("deploy", "install.yaml");

  private static final Set<String> RIGHTS =
      Set.of(
          "Namespace",
          "ServiceAccount",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");

  private static final Set<String> WEBHOOK =
      Set.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

  private Shipped() {}

  /** The operator's namespace, its service account and its rights, with their limits. */
  public static void applyRights(KubernetesClient client) {
    rights(client).forEach(item -> client.resource(item).serverSideApply());
  }

  /** The same as objects. */
  public static List<HasMetadata> rights(KubernetesClient client) {
    return of(client, RIGHTS);
  }

  /** What API servers are told of the webhook. */
  static List<HasMetadata> webhook(KubernetesClient client) {
    return of(client, WEBHOOK);
  }

  private static List<HasMetadata> of(KubernetesClient client, Set<String> kinds) {
    try (var content = Files.newInputStream(MANIFEST)) {
      return client.load(content).items().stream()
          .filter(item -> kinds.contains(item.getKind()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
