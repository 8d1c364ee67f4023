package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.cluster.CrdInstaller;
import dev.managedidentity.operator.apiserver.TestNamespace;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator writes into a status must survive the schema, whole. */
@UsesControlPlane
class CrdStatusIT {
  private static final String NOW = Instant.parse("2026-11-22T10:00:00.123456Z").toString();

  private static final OperationStatus OPERATION =
      new OperationStatus("WriteIdentity", "/id", NOW, "correlation", "Succeeded");

  private static final List<Condition> CONDITIONS =
      List.of(
          new Condition("Ready", "Unknown", 1L, NOW, "Progressing", ""),
          new Condition("Reconciling", "True", 1L, NOW, "Progressing", "The identity is written."));

  private final TestNamespace namespace;

  CrdStatusIT(TestNamespace namespace) {
    this.namespace = namespace;
  }

  @BeforeEach
  void installCrds() {
    CrdInstaller.install(namespace.admin());
  }

  @Test
  void theSchemaKeepsEveryFieldOfAnIdentitysStatus() {
    var grants =
        List.of(
            new RoleAssignmentStatus(
                "Reader",
                "/s",
                "/r",
                "principal-1",
                "/a",
                null,
                RoleAssignmentStatus.State.REFUSED,
                "Word",
                "Why."),
            new RoleAssignmentStatus(
                "Reader",
                "/t",
                null,
                null,
                null,
                null,
                RoleAssignmentStatus.State.PENDING,
                null,
                null));
    var status =
        new ManagedIdentityStatus(
            1L,
            "client",
            "principal",
            "tenant",
            "/id",
            "westeurope",
            Ownership.ADOPTED,
            "f",
            List.of("team"),
            new ResourceIdentityStatus(
                "/vm", true, ResourceIdentityStatus.State.ENABLED, "https://o"),
            "account",
            grants,
            2,
            new CredentialUsage(3, 20),
            List.of("orders-2"),
            OPERATION,
            List.of("WriteIdentity /id"),
            CONDITIONS);
    var identity = made("identity-everything", ManagedIdentity.class);

    identity.setStatus(status);

    assertThat(written(identity).getStatus()).isEqualTo(status);
  }

  @Test
  void theSchemaKeepsEveryFieldOfABindingsStatus() {
    var credential =
        new FederatedCredentialStatus(
            "name",
            "/id",
            "https://i",
            "s",
            "a",
            FederatedCredentialStatus.State.ACTIVE,
            "client-1");
    var status =
        new IdentityBindingStatus(
            1L,
            "client",
            "orders-2",
            "tenant",
            List.of(credential),
            List.of(
                new AssignmentStatus(
                    "/vm", "/id", "client", AssignmentStatus.State.ASSIGNED, null)),
            new PodsStatus(3, 2, 1),
            OPERATION,
            CONDITIONS);
    var binding = made("binding-everything", IdentityBinding.class);

    binding.setStatus(status);

    assertThat(written(binding).getStatus()).isEqualTo(status);
  }

  private <R extends CustomResource<?, ?>> R made(String example, Class<R> type) {
    var resource = Serialization.unmarshal(ExampleFile.valid(example).text(), type);
    return namespace.admin().resource(resource).inNamespace(namespace.name()).create();
  }

  private <R extends CustomResource<?, ?>> R written(R resource) {
    return namespace.admin().resource(resource).updateStatus();
  }
}
