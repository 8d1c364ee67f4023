package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static dev.managedidentity.operator.certificate.Years.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingCertificateTest {
  private final Material first = Material.first(Years.authority().issue(BEGIN));
  private final Material both = first.prepared(Years.authority().issue(BEGIN));
  private final ServingCertificate shown = new ServingCertificate();
  private final TlsServer server = new TlsServer(shown.tls());
  private final TlsClient client = new TlsClient(both.bundlePem(), BEGIN, NAME);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutACertificateNobodyConnects() {
    assertThat(client.complaint(server.port())).isPresent();
    assertThat(shown.isValidAt(BEGIN)).isFalse();
  }

  @Test
  void showsWhatIsStoredFromTheNextHandshakeOn() {
    shown.showStored(first.entries());
    assertThat(client.complaint(server.port())).isEmpty();

    shown.showStored(both.switched().entries());

    assertThat(client.complaint(server.port())).isEmpty();
    assertThat(new TlsClient(first.bundlePem(), BEGIN, NAME).complaint(server.port())).isPresent();
  }

  @Test
  void keepsWhatItShowsWhenTheStoredOneIsUnreadable() {
    shown.showStored(first.entries());

    shown.showStored(Map.of("tls.crt", "nonsense"));

    assertThat(client.complaint(server.port())).isEmpty();
  }

  @Test
  void isInvalidOnceItHasExpired() {
    shown.show(first.serving());

    assertThat(shown.isValidAt(BEGIN)).isTrue();
    assertThat(shown.isValidAt(BEGIN.plus(Duration.ofDays(91)))).isFalse();
  }

  @Test
  void hasNothingForClientsThatWantAnotherKindOfKey() {
    shown.show(first.serving());

    assertThat(shown.chooseServerAlias("RSA", null, null)).isNull();
    assertThat(shown.getServerAliases("EC", null)).hasSize(1);
  }

  @Test
  void aHandshakeThatHasBegunEndsWithTheFormerCertificate() {
    shown.show(first.serving());
    var alias = Objects.requireNonNull(shown.chooseServerAlias("EC", null, null));

    shown.show(both.switched().serving());

    assertThat(shown.getPrivateKey(alias)).isEqualTo(first.serving().key());
    assertThat(shown.getCertificateChain(alias)).containsExactly(first.serving().certificate());
    assertThat(shown.chooseServerAlias("EC", null, null)).isNotEqualTo(alias);
  }

  @Test
  void changesUnderLoadWithoutAFailure() throws Exception {
    shown.show(first.serving());
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var handshakes =
          IntStream.range(0, 100)
              .mapToObj(
                  index ->
                      (Callable<String>)
                          () -> {
                            shown.show(
                                index % 2 == 0 ? first.serving() : both.switched().serving());
                            return client.complaint(server.port()).orElse("");
                          })
              .toList();

      assertThat(clients.invokeAll(handshakes).stream().map(ServingCertificateTest::result))
          .containsOnly("");
    }
  }

  private static String result(Future<String> handshake) {
    try {
      return handshake.get();
    } catch (InterruptedException | ExecutionException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
