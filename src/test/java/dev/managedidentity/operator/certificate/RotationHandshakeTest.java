package dev.managedidentity.operator.certificate;

import static dev.managedidentity.operator.certificate.Years.BEGIN;
import static dev.managedidentity.operator.certificate.Years.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real handshakes at every moment at which anything is stored or published, for a year. */
class RotationHandshakeTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration PAUSE = Duration.ofDays(1);

  /** API servers notice a changed configuration within seconds; this one takes its time. */
  private static final Duration NOTICING = Duration.ofMinutes(9);

  private final Years clock = new Years();
  private final MemoryStore store = new MemoryStore();
  private final ServingCertificate prompt = new ServingCertificate();
  private final ServingCertificate late = new ServingCertificate();
  private final List<TlsServer> replicas =
      List.of(new TlsServer(prompt.tls()), new TlsServer(late.tls()));

  /** Bundles as API servers see them: one at once, one only after a while. */
  private String published = "";

  private String noticed = "";
  private int checks;
  private int switches;

  @AfterEach
  void stop() {
    replicas.forEach(TlsServer::close);
  }

  @Test
  void noHandshakeFailsWhileCertificatesComeAndGo() {
    store.onWrite(
        entries -> {
          prompt.showStored(entries);
          check();
        });
    var keeper =
        new CertificateKeeper(
            store, this::publish, Years.authority(), clock, CertificateKeeper.INTERVAL);
    keeper.look();
    noticed = published;
    catchUp();

    while (clock.instant().isBefore(BEGIN.plus(YEAR))) {
      clock.pass(PAUSE.minus(CertificateKeeper.SETTLING));
      keeper.look();
      clock.pass(NOTICING);
      check();
      noticed = published;
      clock.pass(CertificateKeeper.SETTLING.minus(NOTICING));
      keeper.look();
      if (!late.isValidAt(clock.instant().plus(PAUSE))) {
        catchUp(); // its watch was broken until shortly before its certificate expired
      }
    }

    assertThat(checks).isGreaterThan(1400);
    assertThat(switches).as("a certificate for every two months").isBetween(5, 7);
  }

  private boolean publish(String bundle) {
    var hasChanged = !published.equals(bundle);
    published = bundle;
    if (hasChanged) {
      check();
    }
    return hasChanged;
  }

  private void catchUp() {
    late.show(store.material().serving());
    switches++;
    check();
  }

  private void check() {
    if (published.isEmpty() || noticed.isEmpty()) {
      return; // before the first certificate there is nobody to fail
    }
    for (var bundle : List.of(published, noticed)) {
      for (var replica : replicas) {
        var client = new TlsClient(bundle, clock.instant(), NAME);
        assertThat(client.complaint(replica.port())).as("at %s", clock.instant()).isEmpty();
        checks++;
      }
    }
  }
}
