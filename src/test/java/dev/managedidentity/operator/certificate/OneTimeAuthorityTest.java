package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static dev.managedidentity.operator.certificate.Years.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneTimeAuthorityTest {
  private final ServingCertificate shown = new ServingCertificate();
  private final OneTimeAuthority.Issued issued = Years.authority().issue(BEGIN);
  private TlsServer server;

  @BeforeEach
  void serve() {
    shown.show(issued.server());
    server = new TlsServer(shown.tls());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoTrustsTheAuthorityReachesTheServiceUnderItsNames() {
    assertThat(complaint(NAME, BEGIN)).isEmpty();
    assertThat(complaint(NAME + ".cluster.local", BEGIN)).isEmpty();
  }

  @Test
  void aWebhookRegisteredByUrlHasItsNameToo() {
    var names = Years.NAMES.and("localhost");
    shown.show(new OneTimeAuthority(names, new SecureRandom()).issue(BEGIN).server());

    assertThat(names.dns()).hasSize(3).endsWith("localhost");
    assertThat(shown.isValidAt(BEGIN)).isTrue();
    assertThat(new OneTimeAuthority(names, new SecureRandom()).issue(BEGIN).server().isFor(names))
        .isTrue();
    assertThat(issued.server().isFor(names)).isFalse();
  }

  @Test
  void nobodyElseIsReachedWithIt() {
    assertThat(complaint("other.identity-system.svc", BEGIN)).isPresent();
  }

  @Test
  void whoTrustsAnotherAuthorityDoesNotConnect() {
    var other = Years.authority().issue(BEGIN).authority();

    assertThat(new TlsClient(Pem.of(List.of(other)), BEGIN, NAME).complaint(server.port()))
        .isPresent();
  }

  @Test
  void isValidForNinetyDaysAndForClocksThatAreBehind() {
    assertThat(complaint(NAME, BEGIN.minus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(complaint(NAME, BEGIN.plus(Duration.ofDays(90)).minusSeconds(1))).isEmpty();
    assertThat(complaint(NAME, BEGIN.plus(Duration.ofDays(90)).plusSeconds(1))).isPresent();
    assertThat(issued.authority().getNotAfter())
        .isEqualTo(issued.server().certificate().getNotAfter());
  }

  @Test
  void theServersCertificateSignsNoOther() {
    assertThat(issued.server().certificate().getBasicConstraints()).isEqualTo(-1);
    assertThat(issued.authority().getBasicConstraints()).isZero();
    assertThat(issued.authority().getCriticalExtensionOIDs())
        .isEqualTo(Set.of("2.5.29.15", "2.5.29.19"));
  }

  @Test
  void noTwoAuthoritiesShareANameOrASerial() {
    var other = Years.authority().issue(BEGIN);

    assertThat(other.authority().getSubjectX500Principal())
        .isNotEqualTo(issued.authority().getSubjectX500Principal());
    assertThat(other.server().certificate().getSerialNumber())
        .isNotEqualTo(issued.server().certificate().getSerialNumber())
        .isNotEqualTo(other.authority().getSerialNumber());
  }

  @Test
  void aServerWithoutANameIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ServerNames(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new ServerNames(List.of(" ")));
  }

  private Optional<String> complaint(String name, Instant now) {
    return new TlsClient(Pem.of(List.of(issued.authority())), now, name).complaint(server.port());
  }
}
