package dev.managedidentity.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.managedidentity.dev.pki.CertificateAuthority;
import dev.managedidentity.dev.pki.Issued;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.operator.admission.AdmissionServer.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionServerTest {
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("test");
  private static final Issued CERTIFICATE =
      AUTHORITY.issueServer("admission", List.of("localhost"), List.of());
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BURST = 500;

  private final ConcurrentLinkedQueue<String> measured = new ConcurrentLinkedQueue<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final HttpClient client = client(AUTHORITY, "TLSv1.3");
  private AdmissionServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(Duration.ZERO);
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
    client.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void answersWithThePatchOfThePathsHandler(String protocol) throws Exception {
    try (var other = client(AUTHORITY, protocol)) {
      var answer = other.send(request("/mutate", "u1", "cart"), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      var response = JSON.readTree(answer.body()).path("response");
      assertThat(response.path("uid").textValue()).isEqualTo("u1");
      assertThat(response.path("allowed").booleanValue()).isTrue();
      assertThat(JSON.readTree(response.path("patch").binaryValue()).at("/0/value").textValue())
          .isEqualTo("cart");
      assertThat(measured).containsExactly("/mutate PATCHED");
    }
  }

  @Test
  void aRefusalIsAnAnswerToo() throws Exception {
    var response = ask("/validate", "u2", "cart");

    assertThat(response.path("allowed").booleanValue()).isFalse();
    assertThat(response.at("/status/message").textValue()).isEqualTo("No cart here.");
    assertThat(measured).containsExactly("/validate DENIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/throws", "/overflows"})
  void aHandlerThatFailsRefusesNobody(String path) throws Exception {
    var response = ask(path, "u3", "cart");

    assertThat(response.path("uid").textValue()).isEqualTo("u3");
    assertThat(response.path("allowed").booleanValue()).isTrue();
    assertThat(response.has("patch")).isFalse();
    assertThat(response.at("/warnings/0").textValue())
        .startsWith("managed-identity-operator failed")
        .hasSizeLessThan(120);
    assertThat(measured).containsExactly(path + " FAILED");
  }

  @Test
  void tellsWhoeverAsksWronglyWhatIsExpected() throws Exception {
    assertAnswer(post("/other", "{}"), 404, "There is nothing but /mutate, /overflows, ");
    assertAnswer(post("/mutate", "{"), 400, "This is no AdmissionReview");
    assertAnswer(
        post("/mutate", " ".repeat(AdmissionEndpoint.LARGEST_BODY + 1)), 413, "at most 4194304");
    var plain = HttpRequest.newBuilder(uri("/mutate")).POST(BodyPublishers.ofString("{}")).build();
    assertAnswer(send(plain), 415, "application/json");
    var get = send(HttpRequest.newBuilder(uri("/mutate")).build());
    assertAnswer(get, 405, "Only POST is allowed.");
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertThat(measured).startsWith(" MALFORMED", "/mutate MALFORMED").hasSize(5);
  }

  @Test
  void answersAHeadWithoutABody() throws Exception {
    var head = HttpRequest.newBuilder(uri("/mutate")).method("HEAD", BodyPublishers.noBody());

    assertThat(send(head.build()).statusCode()).isEqualTo(405);
  }

  @Test
  void whoDoesNotKnowTheAuthorityDoesNotConnect() {
    try (var stranger = client(CertificateAuthority.create("other"), "TLSv1.3")) {
      assertThatThrownBy(
              () -> stranger.send(request("/mutate", "u1", "cart"), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void answersABurst() {
    var answers =
        IntStream.range(0, BURST)
            .mapToObj(
                index ->
                    client
                        .sendAsync(request("/mutate", "u" + index, "p"), BodyHandlers.ofString())
                        .thenApply(AdmissionServerTest::uid))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .containsExactlyElementsOf(IntStream.range(0, BURST).mapToObj(i -> "u" + i).toList());
    assertThat(measured).hasSize(BURST);
  }

  @Test
  void answersWhatHasBegunBeforeItCloses() throws Exception {
    var answer = client.sendAsync(request("/waits", "u1", "cart"), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    var closed = CompletableFuture.runAsync(server::close);
    await().until(() -> isRefused(server.port()));
    released.countDown();

    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closed.get(10, TimeUnit.SECONDS);
  }

  @Test
  @SuppressWarnings("try") // to close again is what is tried
  void asksClientsNotToComeBackWhileItLingers() throws Exception {
    try (var lingering = start(Duration.ofMinutes(1))) {
      var closed = CompletableFuture.runAsync(lingering::close);

      await()
          .until(
              () ->
                  send(request(lingering.port(), "/mutate", "u1", "cart"))
                      .headers()
                      .firstValue("Connection")
                      .filter("close"::equals)
                      .isPresent());
      lingering.close();

      closed.get(10, TimeUnit.SECONDS);
      assertThat(isRefused(lingering.port())).isTrue();
    }
  }

  @Test
  void saysWhatToChangeWhenThePortIsTaken() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

    assertThatThrownBy(
            () -> AdmissionServer.start(taken, CERTIFICATE.serverContext(), service(Duration.ZERO)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("port " + server.port())
        .hasMessageEndingWith("Choose another port.");
  }

  private AdmissionServer start(Duration linger) throws IOException {
    return AdmissionServer.start(ANY_PORT, CERTIFICATE.serverContext(), service(linger));
  }

  private Service service(Duration linger) {
    return new Service(
        handlers(),
        (path, outcome, duration) -> {
          assertThat(duration).isPositive();
          measured.add(path + " " + outcome);
        },
        linger);
  }

  private Map<String, Function<AdmissionRequest, AdmissionAnswer>> handlers() {
    return Map.of(
        "/mutate", AdmissionServerTest::nameAsPatch,
        "/validate", request -> AdmissionAnswer.denied("No " + request.target().name() + " here."),
        "/waits", this::waits,
        "/throws",
            request -> {
              throw new IllegalStateException("a bug");
            },
        "/overflows", AdmissionServerTest::endless);
  }

  private static AdmissionAnswer nameAsPatch(AdmissionRequest request) {
    var patch = JsonNodeFactory.instance.arrayNode();
    patch.addObject().put("op", "add").put("value", request.target().name());
    return AdmissionAnswer.patched(patch, List.of());
  }

  private AdmissionAnswer waits(AdmissionRequest request) {
    entered.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return AdmissionAnswer.allowed();
  }

  @SuppressWarnings("InfiniteRecursion")
  private static AdmissionAnswer endless(AdmissionRequest request) {
    return endless(request);
  }

  private JsonNode ask(String path, String uid, String name) throws Exception {
    var answer = send(request(path, uid, name));
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("response");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String uid, String name) {
    return request(server.port(), path, uid, name);
  }

  private static HttpRequest request(int port, String path, String uid, String name) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path + "?timeout=2s"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Question.aboutPod(uid, name).toString()))
        .build();
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private static HttpClient client(CertificateAuthority trusted, String protocol) {
    var context = TrustedCertificates.ofPem(trusted.certificatePem()).clientContext();
    var parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(text);
  }

  private static boolean isRefused(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException _) {
      return true;
    }
  }

  private static String uid(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body()).at("/response/uid").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
