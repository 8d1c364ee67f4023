package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.CredentialUnavailableException;
import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.azure.budget.Budgets;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** How the operator signs in, and what is said when it cannot. */
class SignInTest {
  @RegisterExtension static final EmulatedAzure AZURE = new EmulatedAzure();

  @Test
  void oneTokenServesManyCalls() {
    var gateway = AZURE.gateway();
    for (var i = 0; i < 5; i++) {
      assertThat(gateway.findIdentity(AZURE.identity("platform", "orders")))
          .isInstanceOf(Answer.Done.class);
    }

    assertThat(AZURE.armRequests()).hasSize(5);
    assertThat(AZURE.control().count("token/*")).isEqualTo(1);
  }

  @Test
  void aTokenWithoutATimeOfRefreshIsNotRefreshedBeforeItExpires() {
    var expiry = OffsetDateTime.parse("2026-01-01T01:00:00Z");
    var epoch = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    var refresh = expiry.minusMinutes(30);

    assertThat(signedIn(new AccessToken("a", expiry, epoch)).getRefreshAt()).isNull();
    assertThat(signedIn(new AccessToken("a", expiry, refresh)).getRefreshAt()).isEqualTo(refresh);
  }

  private static AccessToken signedIn(AccessToken token) {
    var signIn = new SignIn(_ -> Mono.just(token), "Azure", InstantSource.system());
    return signIn.getTokenSync(new TokenRequestContext());
  }

  @Test
  void aWrongSecretIsASignInThatFailed() {
    var problem = problem(AZURE.cloud(), Map.of("AZURE_CLIENT_SECRET", "wrong"));

    assertThat(problem).isInstanceOf(Problem.Denied.class);
    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
    assertThat(problem.detail()).contains("AADSTS7000215").doesNotContain("wrong");
    assertThat(AZURE.control().count("token/*")).isEqualTo(1);
    assertThat(AZURE.armRequests()).isEmpty();
  }

  @Test
  void anUnknownClientIsASignInThatFailed() {
    var problem =
        problem(AZURE.cloud(), Map.of("AZURE_CLIENT_ID", "00000000-0000-0000-0000-000000000009"));

    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
    assertThat(problem.detail()).contains("AADSTS700016");
  }

  @Test
  void noCredentialAtAllIsASignInThatFailed() {
    var problem =
        problem(
            AZURE.cloud(),
            Map.of("AZURE_CLIENT_SECRET", "", "AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential"));

    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
    assertThat(problem.detail()).contains("EnvironmentCredential authentication unavailable");
  }

  @Test
  void anAssertionFileThatIsNotThereIsASignInThatFailed() {
    var problem =
        problem(
            AZURE.cloud(),
            Map.of(
                "AZURE_CLIENT_SECRET", "",
                "AZURE_FEDERATED_TOKEN_FILE", "/no/such/file",
                "AZURE_TOKEN_CREDENTIALS", "WorkloadIdentityCredential"));

    assertThat(problem.reason()).isEqualTo(Reason.SIGN_IN_FAILED);
  }

  @Test
  void anAuthorityHostThatIsNotThereIsUnreachable() throws IOException {
    var problem =
        problem(at("https://localhost:" + closedPort(), AZURE.cloud().caFile()), Map.of());

    assertThat(problem).isInstanceOf(Problem.Unreachable.class);
    assertThat(problem.detail()).startsWith("Signing in at https://localhost:");
  }

  @Test
  void anAuthorityHostOfAnUnknownAuthorityIsUnreachable() {
    var problem = problem(at(AZURE.cloud().authorityHost(), null), Map.of());

    assertThat(problem).isInstanceOf(Problem.Unreachable.class);
    assertThat(problem.detail()).contains("PKIX path building failed");
  }

  @Test
  void aFileWithoutCertificatesIsRefusedAtOnce(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("ca.pem"), "nothing");

    assertThatThrownBy(() -> connect(at("https://localhost", file), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The CA file " + file);
    assertThatThrownBy(() -> connect(at("https://localhost", folder.resolve("no")), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The CA file " + folder.resolve("no"));
  }

  @Test
  void aFailureIsRememberedForAMoment() {
    var now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    var attempts = new AtomicInteger();
    var signIn =
        new SignIn(
            _ ->
                Mono.defer(
                    () ->
                        attempts.incrementAndGet() == 1
                            ? Mono.error(new CredentialUnavailableException("none"))
                            : Mono.just(new AccessToken("t", OffsetDateTime.MAX))),
            "https://login.test",
            now::get);
    var request = new TokenRequestContext().addScopes("x");

    assertThatThrownBy(() -> signIn.getTokenSync(request)).isInstanceOf(SignInException.class);
    assertThatThrownBy(() -> signIn.getTokenSync(request)).isInstanceOf(SignInException.class);
    assertThat(attempts).hasValue(1);

    now.updateAndGet(instant -> instant.plusSeconds(10));
    assertThat(signIn.getTokenSync(request).getToken()).isEqualTo("t");
  }

  private static Cloud at(String authorityHost, @Nullable Path caFile) {
    var cloud = AZURE.cloud();
    return Cloud.custom(
        authorityHost, cloud.resourceManagerEndpoint(), cloud.resourceManagerAudience(), caFile);
  }

  private static ArmGateway connect(Cloud cloud, Map<String, String> changes) {
    var environment = new HashMap<>(AZURE.environment());
    environment.putAll(changes);
    return AzureClients.connect(
        cloud,
        Duration.ofSeconds(30),
        InstantSource.system(),
        new AzureClients.Caller(environment, List.of()),
        new AzureClients.Restraints(new Budgets(System::nanoTime, Budgets.Meter.NONE), () -> {}));
  }

  private static Problem problem(Cloud cloud, Map<String, String> changes) {
    var answer = connect(cloud, changes).findIdentity(AZURE.identity("platform", "orders"));
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(answer.receipt()).isEqualTo(Receipt.NONE);
    return ((Answer.Failed<?>) answer).problem();
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
