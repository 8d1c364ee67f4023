package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.http.Answer;
import dev.managedidentity.dev.emulator.http.HttpsFront;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.pki.CertificateAuthority;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.operator.issuer.Web.Fetched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpsWebTest {
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Issuers");

  private final HttpsFront front =
      HttpsFront.listen(
          AUTHORITY.issueServer("localhost", List.of("localhost"), List.of()).serverContext(), 0);
  private final CountDownLatch release = new CountDownLatch(1);
  private final HttpsWeb web = trusting(AUTHORITY, Duration.ofSeconds(5));

  @BeforeEach
  void serve() {
    front.serve(this::answer);
  }

  @AfterEach
  void close() {
    release.countDown();
    web.close();
    front.close();
  }

  @Test
  void readsADocument() {
    assertThat(web.fetch(address("/document"))).isEqualTo(new Fetched.Document("{\"a\": 1}"));
  }

  @Test
  void followsNoRedirect() {
    assertThat(web.fetch(address("/moved")))
        .isEqualTo(new Fetched.Failed("answers with status 302"));
  }

  @Test
  void onlyASuccessIsADocument() {
    assertThat(web.fetch(address("/absent")))
        .isEqualTo(new Fetched.Failed("answers with status 404"));
  }

  @Test
  void trustsOnlyWhomItWasToldToTrust() {
    try (var stranger =
        trusting(CertificateAuthority.create("Somebody else"), Duration.ofSeconds(5))) {
      assertThat(why(stranger.fetch(address("/document"))))
          .startsWith("has no TLS certificate that is trusted (");
    }
  }

  @Test
  void readsNoEndlessDocument() {
    assertThat(why(web.fetch(address("/large")))).startsWith("cannot be read");
  }

  @Test
  void waitsForNoDocumentThatDoesNotCome() {
    try (var impatient = trusting(AUTHORITY, Duration.ofMillis(300))) {
      assertThat(why(impatient.fetch(address("/never")))).startsWith("does not answer within");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNoDocument() {
    front.close();

    assertThat(why(web.fetch(address("/document")))).startsWith("cannot be connected to");
  }

  @Test
  void aHostThatIsNotThereHasNoAddress() {
    assertThat(web.addresses("127.0.0.1"))
        .singleElement()
        .satisfies(address -> assertThat(address.isLoopbackAddress()).isTrue());
    assertThat(web.addresses("no-such-host.invalid")).isEmpty();
  }

  private Answer answer(Request request) {
    return switch (request.path()) {
      case "/document" -> new Reply(200, Map.of(), "{\"a\": 1}");
      case "/moved" -> new Reply(302, Map.of("location", address("/document")), "");
      case "/large" -> new Reply(200, Map.of(), "x".repeat(2 * 1024 * 1024));
      case "/never" -> {
        hold();
        yield Reply.empty(200);
      }
      default -> Reply.empty(404);
    };
  }

  private void hold() {
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String address(String path) {
    return "https://localhost:" + front.port() + path;
  }

  private static String why(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Failed.class);
    return ((Fetched.Failed) fetched).why();
  }

  private static HttpsWeb trusting(CertificateAuthority authority, Duration patience) {
    return new HttpsWeb(
        TrustedCertificates.ofPem(authority.certificatePem()).clientContext(), patience);
  }
}
