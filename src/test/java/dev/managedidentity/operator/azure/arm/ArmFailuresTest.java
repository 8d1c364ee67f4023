package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that the emulator refuses, and what the gateway makes of it. */
class ArmFailuresTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");
  private static final String CREDENTIAL_WRITE =
      "userAssignedIdentities/federatedIdentityCredentials/write";

  @Test
  void anUnknownRoleIsNotFound() {
    fails(
        "roleDefinitions/list",
        GATEWAY.findRole(AZURE.subscription(), "Raeder"),
        Reason.ROLE_NOT_FOUND);
  }

  @Test
  void whatTheOperatorMayNotDoIsDeniedWithTheActionAndTheScope() {
    AZURE.control().outOfBand().addResourceGroup(ORDERS.subscriptionId(), "other", "westeurope");
    var elsewhere = AZURE.identity("other", "orders");

    var problem =
        fails(
            "userAssignedIdentities/write",
            GATEWAY.writeIdentity(new IdentityDefinition(elsewhere, "westeurope", false, Map.of())),
            Reason.AUTHORIZATION_FAILED);

    assertThat(problem).isInstanceOf(Problem.Denied.class);
    assertThat(problem.detail())
        .contains("Microsoft.ManagedIdentity/userAssignedIdentities/write")
        .contains("resourceGroups/other");
  }

  @Test
  void aResourceGroupThatIsNotThereIsMissing() {
    AZURE
        .control()
        .outOfBand()
        .grant(
            AZURE.operatorObjectId(),
            "Managed Identity Contributor",
            new Scope(AZURE.subscription()));

    fails(
        "userAssignedIdentities/write",
        GATEWAY.writeIdentity(
            new IdentityDefinition(
                AZURE.identity("nowhere", "orders"), "westeurope", false, Map.of())),
        Reason.RESOURCE_GROUP_NOT_FOUND);
  }

  @Test
  void anImpossibleLocationOrTagIsInvalid() {
    fails(
        "userAssignedIdentities/write",
        GATEWAY.writeIdentity(new IdentityDefinition(ORDERS, "atlantis", false, Map.of())),
        Reason.INVALID_REQUEST);
    fails(
        "userAssignedIdentities/write",
        GATEWAY.writeIdentity(
            new IdentityDefinition(ORDERS, "westeurope", false, Map.of("a<b", "c"))),
        Reason.INVALID_REQUEST);
  }

  @Test
  void aLocationCannotChange() {
    given(orders());

    fails(
        "userAssignedIdentities/write",
        GATEWAY.writeIdentity(new IdentityDefinition(ORDERS, "northeurope", false, Map.of())),
        Reason.IMMUTABLE_CONFLICT);
  }

  @Test
  void aLockIsInTheWay() {
    given(orders());
    AZURE.control().lock(new Scope(ORDERS.toString()), LockLevel.READ_ONLY);

    fails("userAssignedIdentities/delete", GATEWAY.deleteIdentity(ORDERS), Reason.LOCKED);
    fails(CREDENTIAL_WRITE, GATEWAY.writeCredential(credential("api-1", "a")), Reason.LOCKED);
  }

  @Test
  void aCredentialWaitsForItsIdentity() {
    var problem =
        fails(
            CREDENTIAL_WRITE,
            GATEWAY.writeCredential(credential("api-1", "a")),
            Reason.PRINCIPAL_NOT_VISIBLE);
    assertThat(problem).isInstanceOf(Problem.Waiting.class);
  }

  @Test
  void oneSubjectHasOneCredential() {
    given(orders());
    value(GATEWAY.writeCredential(credential("api-1", "a")));
    AZURE.control().resetRequests();

    fails(
        CREDENTIAL_WRITE,
        GATEWAY.writeCredential(credential("api-2", "a")),
        Reason.SUBJECT_ALREADY_BOUND);
  }

  @Test
  void theTwentyFirstCredentialIsOneTooMany() {
    given(orders());
    for (var i = 0; i < 20; i++) {
      value(GATEWAY.writeCredential(credential("api-" + i, "a" + i)));
    }
    AZURE.control().resetRequests();

    fails(
        CREDENTIAL_WRITE,
        GATEWAY.writeCredential(credential("api-20", "a20")),
        Reason.CREDENTIAL_QUOTA_EXCEEDED);
  }

  @Test
  void aSubjectTooLongIsInvalidAndNoQuota() {
    given(orders());

    fails(
        CREDENTIAL_WRITE,
        GATEWAY.writeCredential(credential("api-1", "a".repeat(601))),
        Reason.INVALID_REQUEST);
  }

  @Test
  void aPrincipalThatAzureDoesNotSeeYetIsWaitedFor() {
    AZURE
        .control()
        .addFault(
            FaultRule.once(
                "roleAssignments/write",
                new Fault.Fail(400, "PrincipalNotFound", "not yet", OptionalInt.empty())));

    fails(
        "roleAssignments/write",
        GATEWAY.writeRoleAssignment(
            new RoleAssignment(AZURE.subscription(), guid(), "/roles/reader", guid(), null, null)),
        Reason.PRINCIPAL_NOT_VISIBLE);
  }

  @Test
  void aGuidIsNotReusedForAnotherPrincipal() {
    var first = given(orders());
    var second =
        value(
            GATEWAY.writeIdentity(
                new IdentityDefinition(
                    AZURE.identity("platform", "shop"), "westeurope", false, Map.of())));
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Reader"));
    var assignment = assignment(first, role);
    value(GATEWAY.writeRoleAssignment(assignment));
    AZURE.control().resetRequests();

    fails(
        "roleAssignments/write",
        GATEWAY.writeRoleAssignment(
            new RoleAssignment(
                assignment.scope(), assignment.name(), role, second.principalId(), null, null)),
        Reason.IMMUTABLE_CONFLICT);
  }

  @Test
  void aFullSubscriptionTakesNoMoreRoleAssignments() {
    var identity = given(orders());
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Reader"));
    AZURE.control().setLimits(limits -> limits.withRoleAssignmentsPerSubscription(1));
    AZURE.control().resetRequests();

    fails(
        "roleAssignments/write",
        GATEWAY.writeRoleAssignment(assignment(identity, role)),
        Reason.ROLE_ASSIGNMENT_QUOTA_EXCEEDED);
  }

  private static Problem fails(String operation, Answer<?> answer, Reason reason) {
    var problem = problem(AZURE.only(operation, answer));
    assertThat(problem.reason()).isEqualTo(reason);
    return problem;
  }

  private static AzureIdentity given(IdentityDefinition definition) {
    var identity = value(GATEWAY.writeIdentity(definition));
    AZURE.control().resetRequests();
    return identity;
  }

  private static IdentityDefinition orders() {
    return new IdentityDefinition(ORDERS, "westeurope", false, Map.of("team", "shop"));
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
