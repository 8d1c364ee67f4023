package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.behaviour.Fault;
import dev.managedidentity.dev.emulator.behaviour.FaultRule;
import dev.managedidentity.dev.emulator.behaviour.LockLevel;
import dev.managedidentity.dev.emulator.behaviour.ThrottleRule;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureGateway.Grant;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.RoleAssignment;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method and every failure that the emulator can provoke, through the real SDK and TLS. */
class ArmGatewayTest {
  private static final EmulatedAzure AZURE = new EmulatedAzure();
  private static final ArmGateway GATEWAY = AZURE.gateway();
  private static final IdentityId ORDERS = AZURE.identity("platform", "orders");
  private static final String CREDENTIAL_WRITE =
      "userAssignedIdentities/federatedIdentityCredentials/write";

  @BeforeEach
  void empty() {
    AZURE.control().reset();
  }

  @AfterAll
  static void stop() {
    AZURE.close();
  }

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
    given(orders(false));

    fails(
        "userAssignedIdentities/write",
        GATEWAY.writeIdentity(new IdentityDefinition(ORDERS, "northeurope", false, Map.of())),
        Reason.IMMUTABLE_CONFLICT);
  }

  @Test
  void aLockIsInTheWay() {
    given(orders(false));
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
    given(orders(false));
    value(GATEWAY.writeCredential(credential("api-1", "a")));
    AZURE.control().resetRequests();

    fails(
        CREDENTIAL_WRITE,
        GATEWAY.writeCredential(credential("api-2", "a")),
        Reason.SUBJECT_ALREADY_BOUND);
  }

  @Test
  void theTwentyFirstCredentialIsOneTooMany() {
    given(orders(false));
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
    given(orders(false));

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
            new RoleAssignment(AZURE.subscription(), guid(), "/roles/reader", guid())),
        Reason.PRINCIPAL_NOT_VISIBLE);
  }

  @Test
  void aGuidIsNotReusedForAnotherPrincipal() {
    var first = given(orders(false));
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
            new RoleAssignment(assignment.scope(), assignment.name(), role, second.principalId())),
        Reason.IMMUTABLE_CONFLICT);
  }

  @Test
  void aFullSubscriptionTakesNoMoreRoleAssignments() {
    var identity = given(orders(false));
    var role = value(GATEWAY.findRole(AZURE.subscription(), "Reader"));
    AZURE.control().setLimits(limits -> limits.withRoleAssignmentsPerSubscription(1));
    AZURE.control().resetRequests();

    fails(
        "roleAssignments/write",
        GATEWAY.writeRoleAssignment(assignment(identity, role)),
        Reason.ROLE_ASSIGNMENT_QUOTA_EXCEEDED);
  }

  @Test
  void aThrottledCallSaysHowLongToWait() {
    AZURE
        .control()
        .throttle(
            new ThrottleRule(
                "userAssignedIdentities/*",
                ThrottleRule.Per.SUBSCRIPTION,
                0,
                0,
                Optional.of(Duration.ofSeconds(17))));

    assertThat(
            fails(
                "userAssignedIdentities/write",
                GATEWAY.writeIdentity(orders(false)),
                Reason.THROTTLED))
        .isInstanceOfSatisfying(
            Problem.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
  }

  @Test
  void troubleOfAzureIsNotTriedAgain() {
    AZURE
        .control()
        .addFault(
            FaultRule.times(
                2,
                "userAssignedIdentities/write",
                new Fault.Fail(503, "ServerBusy", "later", OptionalInt.of(1))));

    fails("userAssignedIdentities/write", GATEWAY.writeIdentity(orders(false)), Reason.UNREACHABLE);
  }

  @Test
  void aBrokenConnectionIsNotTriedAgain() {
    AZURE
        .control()
        .addFault(FaultRule.times(2, "userAssignedIdentities/write", new Fault.DropBeforeEffect()));

    unanswered(GATEWAY.writeIdentity(orders(false)));
    assertThat(AZURE.control().snapshot().identities()).isEmpty();
  }

  @Test
  void aLostReplyMayHideASuccess() {
    AZURE
        .control()
        .addFault(FaultRule.times(2, "userAssignedIdentities/write", new Fault.LoseReply()));

    unanswered(GATEWAY.writeIdentity(orders(false)));
    assertThat(AZURE.control().snapshot().identities()).hasSize(1);
  }

  @Test
  void aCallThatHangsIsGivenUp() {
    var gateway = AZURE.gateway(Duration.ofMillis(1_500));
    gateway.findIdentity(ORDERS);
    AZURE.control().resetRequests();
    var fault =
        AZURE.control().addFault(FaultRule.once("userAssignedIdentities/write", new Fault.Hang()));

    var answer = gateway.writeIdentity(orders(false));

    AZURE.control().releaseFault(fault);
    assertThat(problem(answer)).isInstanceOf(Problem.Unreachable.class);
    assertThat(problem(answer).detail()).contains("did not answer in time");
  }

  private static void unanswered(Answer<?> answer) {
    assertThat(problem(answer)).isInstanceOf(Problem.Unreachable.class);
    assertThat(answer.receipt()).isEqualTo(Receipt.NONE);
    assertThat(AZURE.armRequests()).hasSize(1);
  }

  private static Problem fails(String operation, Answer<?> answer, Reason reason) {
    var problem = problem(AZURE.only(operation, answer));
    assertThat(problem.reason()).isEqualTo(reason);
    return problem;
  }

  private static Problem problem(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).problem();
  }

  private static <T extends @Nullable Object> T value(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
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
    return new RoleAssignment(AZURE.subscription(), guid(), role, identity.principalId());
  }

  private static String guid() {
    return UUID.randomUUID().toString();
  }
}
