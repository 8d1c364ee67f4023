package dev.managedidentity.operator.azure.arm;

import static dev.managedidentity.operator.azure.arm.EmulatedAzure.problem;
import static dev.managedidentity.operator.azure.arm.EmulatedAzure.value;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.OidcIssuer;
import dev.managedidentity.dev.emulator.journal.ActivityEntry;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two subscriptions with a principal each: the operator's own, and an identity that trusts the
 * operator's service account.
 */
class SubscriptionCredentialTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  private static final String OTHER = "aaaaaaaa-0000-0000-0000-00000000000b";
  private static final IdentityId HERE = AZURE.identity("platform", "orders");
  private static final IdentityId THERE = new IdentityId(OTHER, "remote", "orders");
  private static final String SUBJECT = "system:serviceaccount:operator:operator";

  @TempDir private Path folder = Path.of("");
  private final OidcIssuer issuer = new OidcIssuer();
  private @Nullable AzureIdentity prepared;

  @BeforeEach
  void givenAnIdentityThatMayWorkInTheOtherSubscription() throws IOException {
    AZURE.control().trustIssuerAuthority(issuer.caPem());
    var someone = AZURE.identity("platform", "remote-operator");
    var remote = value(AZURE.gateway().writeIdentity(definition(someone)));
    var outOfBand = AZURE.control().outOfBand();
    outOfBand.addSubscription(OTHER, "The other one");
    outOfBand.addResourceGroup(OTHER, "remote", "westeurope");
    outOfBand.grant(
        remote.principalId(), "Managed Identity Contributor", Scope.group(OTHER, "remote"));
    outOfBand.putCredential(
        new Scope(someone.toString()),
        "operator",
        issuer.url(),
        SUBJECT,
        AZURE.cloud().federationAudience());
    Files.writeString(folder.resolve("token"), issuer.token(SUBJECT));
    AZURE.control().resetActivity();
    prepared = remote;
  }

  @AfterEach
  void closeTheIssuer() {
    issuer.close();
  }

  @Test
  void eachSubscriptionIsWrittenToAsItsOwnClient() {
    var gateway = gateway(AZURE.tenant(), remote().clientId());

    value(gateway.writeIdentity(definition(HERE)));
    value(gateway.writeIdentity(definition(THERE)));

    assertThat(AZURE.control().activity())
        .filteredOn(entry -> entry.status().equals("Succeeded"))
        .extracting(ActivityEntry::caller)
        .containsExactlyInAnyOrder(AZURE.operatorObjectId(), remote().principalId());
  }

  @Test
  void withoutItsCredentialTheOtherSubscriptionIsNotAllowed() {
    assertThat(problem(AZURE.gateway().writeIdentity(definition(THERE))).reason())
        .isEqualTo(Reason.AUTHORIZATION_FAILED);
  }

  @Test
  void whoMayWorkThereMayNotWorkHere() {
    var gateway =
        gateway(new SubscriptionCredential(List.of(here()), AZURE.tenant(), remote().clientId()));

    assertThat(problem(gateway.writeIdentity(definition(HERE))).reason())
        .isEqualTo(Reason.AUTHORIZATION_FAILED);
  }

  @Test
  void aWrongTenantIsNamedAndHurtsOnlyItsSubscription() {
    var tenant = "bbbbbbbb-0000-0000-0000-000000000001";
    var gateway = gateway(tenant, remote().clientId());

    var problem = problem(gateway.findIdentity(THERE));

    assertThat(problem).isInstanceOf(Problem.Denied.class);
    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
    assertThat(problem.detail())
        .startsWith("Signing in at " + AZURE.cloud().authorityHost())
        .contains("as client %s of tenant %s".formatted(remote().clientId(), tenant))
        .contains("AADSTS90002");
    assertThat(gateway.findIdentity(HERE)).isInstanceOf(Answer.Done.class);
  }

  @Test
  void aClientThatDoesNotTrustTheOperatorIsNamed() {
    var stranger = AZURE.control().outOfBand().addServicePrincipal("stranger").clientId();

    assertThat(problem(gateway(AZURE.tenant(), stranger).findIdentity(THERE)).detail())
        .contains("as client " + stranger)
        .contains("AADSTS7002");
  }

  private AzureIdentity remote() {
    return requireNonNull(prepared);
  }

  private ArmGateway gateway(String tenantId, String clientId) {
    return gateway(
        new SubscriptionCredential(List.of(OTHER.toUpperCase(Locale.ROOT)), tenantId, clientId));
  }

  /** The operator's own client has a secret, which is of no use to the other one. */
  private ArmGateway gateway(SubscriptionCredential credential) {
    var environment = new HashMap<>(AZURE.environment());
    environment.put("AZURE_FEDERATED_TOKEN_FILE", folder.resolve("token").toString());
    return AzureClients.connect(
        AZURE.cloud(),
        Duration.ofSeconds(30),
        InstantSource.system(),
        new AzureClients.Caller(environment, List.of(credential)),
        new AzureClients.Restraints(new Budgets(System::nanoTime, Budgets.Meter.NONE), () -> {}));
  }

  private static String here() {
    return HERE.subscriptionId();
  }

  private static IdentityDefinition definition(IdentityId id) {
    return new IdentityDefinition(id, "westeurope", false, Map.of());
  }
}
