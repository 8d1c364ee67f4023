package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomResourceYamlTest {
  private static final Condition READY =
      new Condition("Ready", "True", 3L, "2026-11-22T10:00:00Z", "Provisioned", "");

  private static final OperationStatus OPERATION =
      new OperationStatus("WriteIdentity", "/id", "2026-11-22T10:00:00Z", null, "Succeeded");

  @Test
  void anEmptyIdentitySpecMeansTheDefaults() {
    assertThat(Serialization.unmarshal("{}", ManagedIdentitySpec.class))
        .isEqualTo(
            new ManagedIdentitySpec(
                IdentityType.USER_ASSIGNED,
                null,
                new AzureSpec(null, null, null, null, IsolationScope.NONE, Map.of()),
                ManagementPolicy.MANAGE,
                null,
                new AllowedNamespaces(AllowedNamespaces.From.SAME, null),
                FederationSpec.DEFAULTS,
                List.of()));
  }

  @Test
  void emptyPartsOfAnIdentitySpecMeanTheDefaultsToo() {
    assertThat(
            Serialization.unmarshal(
"""
azure: {}
allowedNamespaces: {}
roleAssignments: []
""",
                ManagedIdentitySpec.class))
        .isEqualTo(Serialization.unmarshal("{}", ManagedIdentitySpec.class));
  }

  @Test
  void theLeastBindingSpecMeansTheDefaults() {
    assertThat(
            Serialization.unmarshal(
"""
identityRef: {name: orders}
subject: {serviceAccount: {name: orders-api}}
""",
                IdentityBindingSpec.class))
        .isEqualTo(
            new IdentityBindingSpec(
                new IdentityRef("orders", null),
                Subject.of(new ServiceAccountSubject("orders-api", false, true)),
                null,
                null,
                3600,
                Rollout.NEVER));
  }

  @Test
  void everythingThatAnIdentityCanSayIsReadAndWrittenAsItIs() {
    var identity =
        Serialization.unmarshal(
            ExampleFile.valid("identity-everything").text(), ManagedIdentity.class);

    var written = Serialization.asYaml(identity);

    assertThat(Serialization.unmarshal(written, ManagedIdentity.class).getSpec())
        .isEqualTo(identity.getSpec());
    assertThat(written).contains("\"Regional\"", "\"Retain\"", "\"Selector\"", "\"NotIn\"");
  }

  @Test
  void everythingThatABindingCanSayIsReadAndWrittenAsItIs() {
    var binding =
        Serialization.unmarshal(
            ExampleFile.valid("binding-everything").text(), IdentityBinding.class);

    var written = Serialization.asYaml(binding);

    assertThat(Serialization.unmarshal(written, IdentityBinding.class).getSpec())
        .isEqualTo(binding.getSpec());
    assertThat(binding.identityNamespace()).isEqualTo("platform");
  }

  @Test
  void withoutANamespaceTheIdentityIsInTheBindingsOwn() {
    var binding =
        Serialization.unmarshal(ExampleFile.valid("binding-least").text(), IdentityBinding.class);
    binding.getMetadata().setNamespace("shop");

    assertThat(binding.identityNamespace()).isEqualTo("shop");
  }

  @Test
  void aNewResourceHasNoStatus() {
    assertThat(new ManagedIdentity().getStatus()).isNull();
    assertThat(new IdentityBinding().getStatus()).isNull();
  }

  @Test
  void whatIsNotKnownIsNotWritten() {
    assertThat(Serialization.asJson(ManagedIdentityStatus.EMPTY)).isEqualTo("{}");
    assertThat(Serialization.asJson(IdentityBindingStatus.EMPTY)).isEqualTo("{}");
  }

  @Test
  void whatTheSchemaRequiresOfAConditionIsWrittenEvenWhenEmpty() {
    assertThat(Serialization.asJson(READY)).contains("\"message\":\"\"");
  }

  @Test
  void aStatusIsReadAsItWasWritten() {
    var grant =
        new RoleAssignmentStatus(
            "Reader",
            "/scope",
            null,
            "principal-1",
            "/id",
            null,
            RoleAssignmentStatus.State.ASSIGNED,
            null,
            null);
    var status =
        new ManagedIdentityStatus(
            3L,
            "client",
            "principal",
            "tenant",
            "/id",
            "westeurope",
            Ownership.ADOPTED,
            "f1",
            List.of("team"),
            new ResourceIdentityStatus(
                "/vm", true, ResourceIdentityStatus.State.ENABLED, "https://o"),
            "account",
            List.of(grant),
            2,
            new CredentialUsage(3, 20),
            List.of("orders-2"),
            OPERATION,
            List.of("WriteIdentity /id"),
            List.of(READY));

    var written = Serialization.asYaml(status);

    assertThat(Serialization.unmarshal(written, ManagedIdentityStatus.class)).isEqualTo(status);
    assertThat(written).contains("state: \"Assigned\"");
  }

  @Test
  void aBindingsStatusIsReadAsItWasWritten() {
    var credential =
        new FederatedCredentialStatus(
            "shop-orders",
            "/id",
            "https://issuer",
            "subject",
            "audience",
            FederatedCredentialStatus.State.PENDING,
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
            List.of(READY));

    var written = Serialization.asYaml(status);

    assertThat(Serialization.unmarshal(written, IdentityBindingStatus.class)).isEqualTo(status);
    assertThat(written).contains("state: \"Pending\"");
  }

  @Test
  void aStatusOfANewerOperatorIsReadWithoutWhatIsNew() {
    var status =
        Serialization.unmarshal(
            """
            clientId: client
            new: [{step: CreateIdentity}]
            lastOperation: {verb: V, target: T, time: "2026-11-22T10:00:00Z", result: R, new: 1}
            conditions: [{type: Ready, status: "True", reason: R, message: M, new: 1}]
            roleAssignments: [{role: Reader, scope: /s, state: Assigned, new: 1}]
            """,
            ManagedIdentityStatus.class);

    assertThat(status.clientId()).isEqualTo("client");
    assertThat(status.roleAssignments()).hasSize(1);
    assertThat(status.conditions()).hasSize(1);
  }
}
