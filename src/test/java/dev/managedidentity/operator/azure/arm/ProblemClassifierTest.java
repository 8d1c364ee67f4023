package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each reply in src/test/resources/azure/errors is a row: what Azure said and what it means. */
class ProblemClassifierTest {
  private static final Path ROWS = Path.of("src/test/resources/azure/errors");
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProblemClassifier classifier = new ProblemClassifier(() -> NOW);

  @TestFactory
  Stream<DynamicTest> classifiesTheRecordedReply() throws IOException {
    return rows().entrySet().stream()
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> verify(row.getValue())));
  }

  @Test
  void everyKindOfProblemThatAzureCausesHasARecordedReply() throws IOException {
    assertThat(rows().values().stream().map(row -> row.get("problem").textValue()))
        .contains("Waiting", "Rejected", "Denied", "Missing", "QuotaReached", "Blocked")
        .contains("Throttled", "Contended", "Unreachable", "Unexpected");
  }

  @Test
  void everyCodeThatTheClassifierNamesHasARecordedReply() throws IOException {
    var source =
        Files.readString(
            Path.of("src/main/java/dev/managedidentity/operator/azure/arm/ProblemClassifier.java"));
    var named =
        Pattern.compile("\"([A-Z][a-z]+[A-Z][A-Za-z]+)\"")
            .matcher(source)
            .results()
            .map(match -> match.group(1));
    assertThat(rows().values().stream().map(row -> row.at("/body/error/code").asText()))
        .containsAll(named.toList());
  }

  @Test
  void noAnswerMeansUnreachable() {
    assertThat(silence(new ConnectException("Connection refused")))
        .isEqualTo(
            new Problem.Unreachable(
                "Azure Resource Manager could not be reached: ConnectException: Connection"
                    + " refused"));
    assertThat(silence(new UnknownHostException("arm.test")))
        .isInstanceOf(Problem.Unreachable.class);
    assertThat(silence(new SocketException("Connection reset")))
        .isInstanceOf(Problem.Unreachable.class);
    assertThat(silence(new HttpTimeoutException("request timed out")))
        .isEqualTo(
            new Problem.Unreachable(
                "Azure Resource Manager did not answer in time: HttpTimeoutException: request timed"
                    + " out"));
  }

  @Test
  void anInterruptedCallSaysThatTheOperatorStopped() {
    assertThat(classifier.classify(new RuntimeException(new InterruptedException())))
        .isEqualTo(new Problem.Unreachable("The operator stopped while it waited for Azure."));
  }

  @Test
  void aBrokenCallIsUnexpected() {
    assertThat(classifier.classify(new IllegalArgumentException("no such thing")))
        .isEqualTo(
            new Problem.Unexpected(
                "A call to Azure Resource Manager failed: IllegalArgumentException: no such"
                    + " thing"));
  }

  @Test
  void aRefusedCredentialIsASignInThatFailed() {
    assertThat(signIn(new ClientAuthenticationException("AADSTS7000215: Invalid secret.", null)))
        .isEqualTo(
            new Problem.Denied(
                Reason.SIGN_IN_FAILED,
                "Signing in at https://login.test failed: AADSTS7000215: Invalid secret."));
    assertThat(signIn(new CredentialUnavailableException("nothing is configured")))
        .isInstanceOf(Problem.Denied.class);
    assertThat(
            signIn(
                new CredentialUnavailableException(
                    "no endpoint", new ConnectException("169.254.169.254"))))
        .isInstanceOf(Problem.Denied.class);
    assertThat(signIn(new UncheckedIOException(new NoSuchFileException("/var/run/token"))))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void troubleOnTheWayToSignInIsUnreachable() {
    assertThat(
            signIn(
                new ClientAuthenticationException("failed", null, new ConnectException("refused"))))
        .isEqualTo(
            new Problem.Unreachable(
                "Signing in at https://login.test failed: failed (ConnectException: refused)"));
    assertThat(
            signIn(
                new ClientAuthenticationException(
                    "AADSTS90033: A transient error has occurred. Please try again.", null)))
        .isInstanceOf(Problem.Unreachable.class);
  }

  private void verify(JsonNode row) throws JsonProcessingException {
    assertThat(fields(row))
        .isSubsetOf(
            "call", "status", "headers", "body", "problem", "reason", "detail", "retryAfter");

    var problem = classifier.classify(Call.valueOf(row.get("call").textValue()), reply(row));

    assertThat(problem.getClass().getSimpleName()).isEqualTo(row.get("problem").textValue());
    assertThat(problem.reason()).hasToString(row.get("reason").textValue());
    assertThat(problem.detail()).isEqualTo(row.get("detail").textValue());
    if (problem instanceof Problem.Throttled throttled) {
      assertThat(throttled.retryAfter()).hasToString(row.get("retryAfter").textValue());
    }
  }

  private static Answered reply(JsonNode row) throws JsonProcessingException {
    var headers = new HashMap<String, String>();
    row.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    var body = row.get("body");
    return new Answered(
        row.get("status").intValue(),
        RecordedHttp.headers(headers),
        body.isTextual() ? body.textValue() : JSON.writeValueAsString(body));
  }

  private static Set<String> fields(JsonNode row) {
    return row.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static Map<String, JsonNode> rows() throws IOException {
    var rows = new HashMap<String, JsonNode>();
    try (var files = Files.list(ROWS)) {
      for (var file : files.toList()) {
        rows.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
      }
    }
    return rows;
  }

  private Problem silence(IOException cause) {
    return classifier.classify(new UncheckedIOException(cause));
  }

  private Problem signIn(RuntimeException cause) {
    return classifier.classify(new SignInException(cause, "https://login.test"));
  }
}
