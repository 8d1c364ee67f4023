package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.LanedGateway;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every method of the gateway, through the real SDK and TLS. */
class ArmGatewayTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");
  private static final String CREDENTIAL_WRITE =
      "userAssignedIdentities/federatedIdentityCredentials/write";

  @Test
  void anIdentityIsWrittenReadAndDeletedWithOneRequestEach() {
    var written =
        value(AZURE.only("userAssignedIdentities/write", GATEWAY.writeIdentity(orders(false))));
    assertThat(written.tags()).isEqualTo(Map.of("team", "shop"));
    assertThat(written.location()).isEqualTo("westeurope");

    assertThat(value(AZURE.only("userAssignedIdentities/read", GATEWAY.findIdentity(ORDERS))))
        .contains(written);

    AZURE.only("userAssignedIdentities/delete", GATEWAY.deleteIdentity(ORDERS));
    assertThat(value(AZURE.only("userAssignedIdentities/read", GATEWAY.findIdentity(ORDERS))))
        .isEmpty();
    assertThat(AZURE.only("userAssignedIdentities/delete", GATEWAY.deleteIdentity(ORDERS)))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void aRegionalIdentityBecomesNoneAgain() {
    value(GATEWAY.writeIdentity(orders(true)));
    assertThat(AZURE.control().snapshot().identities().toString()).contains("Regional");

    value(GATEWAY.writeIdentity(orders(false)));
    assertThat(AZURE.control().snapshot().identities().toString()).doesNotContain("Regional");
  }

  @Test
  void aCredentialIsWrittenAndDeletedWithOneRequestEach() {
    given(orders(false));

    AZURE.only(CREDENTIAL_WRITE, GATEWAY.writeCredential(credential("api-1", "a")));
    assertThat(AZURE.control().snapshot().credentials()).hasSize(1);

    var delete = "userAssignedIdentities/federatedIdentityCredentials/delete";
    AZURE.only(delete, GATEWAY.deleteCredential(ORDERS, "api-1"));
    assertThat(AZURE.control().snapshot().credentials()).isEmpty();
    assertThat(AZURE.only(delete, GATEWAY.deleteCredential(ORDERS, "api-1")))
        .isInstanceOf(Answer.Done.class);
    GATEWAY.deleteIdentity(ORDERS);
    AZURE.control().resetRequests();
    assertThat(AZURE.only(delete, GATEWAY.deleteCredential(ORDERS, "api-1")))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void aRoleIsFoundAssignedAndUnassignedWithOneRequestEach() {
    var identity = given(orders(false));
    var gateway = AZURE.gateway();
    var role =
        value(
            AZURE.only(
                "roleDefinitions/list",
                gateway.findRole(AZURE.subscription(), "storage blob data reader")));
    assertThat(role).contains("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
    var assignment = assignment(identity, role);

    assertThat(value(AZURE.only("roleAssignments/write", gateway.writeRoleAssignment(assignment))))
        .isEqualTo(Grant.OURS);
    assertThat(value(AZURE.only("roleAssignments/write", gateway.writeRoleAssignment(assignment))))
        .isEqualTo(Grant.OURS);
    AZURE.only("roleAssignments/delete", gateway.deleteRoleAssignment(assignment.id()));
    assertThat(AZURE.control().snapshot().roleAssignments()).isEmpty();
    assertThat(AZURE.only("roleAssignments/delete", gateway.deleteRoleAssignment(assignment.id())))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void aRoleThatAnotherGrantedIsForeign() {
    var identity = given(orders(false));
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Reader"));
    AZURE
        .control()
        .outOfBand()
        .grant(identity.principalId(), "Reader", new Scope(AZURE.subscription()));

    assertThat(value(GATEWAY.writeRoleAssignment(assignment(identity, role))))
        .isEqualTo(Grant.FOREIGN);
  }

  @Test
  void hundredsOfCallsAtOnceAreAllAnswered() throws Exception {
    var answers = new ArrayList<Future<Answer<AzureIdentity>>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 300; i++) {
        var id = AZURE.identity("platform", "orders-" + i);
        answers.add(
            callers.submit(
                () ->
                    GATEWAY.writeIdentity(
                        new IdentityDefinition(id, "westeurope", false, Map.of()))));
      }
    }

    for (var answer : answers) {
      assertThat(answer.get()).isInstanceOf(Answer.Done.class);
    }
    assertThat(AZURE.armRequests()).hasSize(300);
  }

  @Test
  void inALaneTwentyCredentialsAtOnceNeverMeet() throws Exception {
    given(orders(false));
    var laned = new LanedGateway(GATEWAY, LanedGateway.Meter.NONE);
    var answers = new ArrayList<Future<Answer<@Nullable Void>>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 20; i++) {
        var credential = credential("api-" + i, "a" + i);
        answers.add(callers.submit(() -> laned.writeCredential(credential)));
      }
    }

    for (var answer : answers) {
      assertThat(answer.get()).isInstanceOf(Answer.Done.class);
    }
    assertThat(AZURE.control().overlaps()).isZero();
    assertThat(AZURE.armRequests()).hasSize(20);
  }

  private static AzureIdentity given(IdentityDefinition definition) {
    var identity = value(GATEWAY.writeIdentity(definition));
    AZURE.control().resetRequests();
    return identity;
  }

  private static IdentityDefinition orders(boolean isRegional) {
    return new IdentityDefinition(ORDERS, "westeurope", isRegional, Map.of("team", "shop"));
  }

  private static FederatedCredential credential(String name, String subject) {
    return new FederatedCredential(
        ORDERS, name, "https://issuer.example", subject, "api://AzureADTokenExchange");
  }

  private static RoleAssignment assignment(AzureIdentity identity, String role) {
    return new RoleAssignment(
        AZURE.subscription(), guid(), role, identity.principalId(), null, null);
  }

  private static String guid() {
    return UUID.randomUUID().toString();
  }
}
