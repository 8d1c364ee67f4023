package dev.managedidentity.operator.apiserver;

import dev.managedidentity.dev.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A namespace that belongs to one test, with users of its own; it goes when the test ends. */
public final class TestNamespace implements AutoCloseable {

  private static final int LONGEST_READABLE_PART = 40;

  private final ControlPlane controlPlane;
  private final String name;
  private final KubernetesClient admin;
  private final Deque<Runnable> cleanUps = new ConcurrentLinkedDeque<>();

  private TestNamespace(ControlPlane controlPlane, String name) {
    this.controlPlane = controlPlane;
    this.name = name;
    this.admin =
        newClient(new ConfigBuilder(controlPlane.adminConfig()).withNamespace(name).build());
  }

  /** A new namespace whose name begins like the test's, so that a person can tell them apart. */
  static TestNamespace create(
      ControlPlane controlPlane, String testName, Map<String, String> labels) {
    var namespace = new TestNamespace(controlPlane, uniqueName(testName));
    var resource =
        namespace.admin.resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace.name)
                .withLabels(labels)
                .endMetadata()
                .build());
    resource.create();
    namespace.whenClosing(resource::delete);
    return namespace;
  }

  /** The name of the namespace. */
  public String name() {
    return name;
  }

  /** The control plane that this namespace is on, shared with every other test. */
  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** May do everything, and works in this namespace unless told otherwise. */
  public KubernetesClient admin() {
    return admin;
  }

  /** A new service account of this namespace, which may do nothing yet. */
  public TestUser user(String serviceAccount) {
    return TestUser.create(this, serviceAccount);
  }

  /** A client that is closed when the test ends. */
  KubernetesClient newClient(Config config) {
    var client = new KubernetesClientBuilder().withConfig(config).build();
    whenClosing(client::close);
    return client;
  }

  /** Actions run in the reverse of the order in which they were given. */
  void whenClosing(Runnable action) {
    cleanUps.push(action);
  }

  /** Does not wait for what the cluster removes by itself. */
  @Override
  public void close() {
    while (!cleanUps.isEmpty()) {
      cleanUps.pop().run();
    }
  }

  private static String uniqueName(String testName) {
    var words = testName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    var plain = words.replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    var readable = plain.substring(0, Math.min(plain.length(), LONGEST_READABLE_PART));
    return "t-" + readable + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
