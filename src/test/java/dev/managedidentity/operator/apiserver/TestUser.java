package dev.managedidentity.operator.apiserver;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A service account of a test's namespace, with exactly the rights that the test has given it; each
 * right is in force when the method that gives it returns.
 */
public final class TestUser {

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestNamespace namespace;
  private final String name;

  private TestUser(TestNamespace namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  static TestUser create(TestNamespace namespace, String name) {
    var account =
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .endMetadata()
            .build();
    namespace.admin().resource(account).create();
    return new TestUser(namespace, name);
  }

  /** May do this in the test's namespace. */
  public TestUser withRules(List<PolicyRule> rules) {
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withName(uniqueName())
            .withNamespace(namespace.name())
            .endMetadata()
            .withRules(rules)
            .build();
    namespace.admin().resource(role).create();
    bindInNamespace(new RoleRef(RBAC, "Role", role.getMetadata().getName()));
    awaitInForce(AccessQuestion.about(rules).in(namespace.name()));
    return this;
  }

  /** May do in the test's namespace what this existing ClusterRole allows. */
  public TestUser withClusterRoleInNamespace(String clusterRole) {
    bindInNamespace(new RoleRef(RBAC, "ClusterRole", clusterRole));
    awaitInForce(AccessQuestion.about(rulesOf(clusterRole)).in(namespace.name()));
    return this;
  }

  /** May do everywhere what this existing ClusterRole allows. */
  public TestUser withClusterRole(String clusterRole) {
    var binding =
        namespace
            .admin()
            .resource(
                new ClusterRoleBindingBuilder()
                    .withNewMetadata()
                    .withName(namespace.name() + "-" + uniqueName())
                    .endMetadata()
                    .withRoleRef(new RoleRef(RBAC, "ClusterRole", clusterRole))
                    .withSubjects(subject())
                    .build());
    binding.create();
    namespace.whenClosing(binding::delete);
    awaitInForce(AccessQuestion.about(rulesOf(clusterRole)));
    return this;
  }

  /** A client that acts as this user and is closed when the test ends. */
  public KubernetesClient client() {
    return namespace.newClient(config());
  }

  /** What a client of the test's own making needs to act as this user. */
  public Config config() {
    return namespace.controlPlane().serviceAccountConfig(namespace.name(), name);
  }

  /** What another process needs to act as this user. */
  public Path kubeconfig() {
    return namespace.controlPlane().serviceAccountKubeconfig(namespace.name(), name);
  }

  /** What the API server calls this user. */
  public String userName() {
    return "system:serviceaccount:" + namespace.name() + ":" + name;
  }

  private void bindInNamespace(RoleRef role) {
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(uniqueName())
            .withNamespace(namespace.name())
            .endMetadata()
            .withRoleRef(role)
            .withSubjects(subject())
            .build();
    namespace.admin().resource(binding).create();
  }

  /** The API server learns of a new binding by a watch, so a moment after its creation. */
  private void awaitInForce(AccessQuestion question) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> question.isAnsweredYes(namespace.admin(), userName()));
  }

  private List<PolicyRule> rulesOf(String clusterRole) {
    return namespace.admin().rbac().clusterRoles().withName(clusterRole).require().getRules();
  }

  private Subject subject() {
    return new Subject("", "ServiceAccount", name, namespace.name());
  }

  private String uniqueName() {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
