package dev.managedidentity.operator.certificate;

import dev.managedidentity.operator.certificate.CertificateStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a valid certificate stored and its authority published, one look after the other, while its
 * replica leads. Two at once do no harm: the store takes the change of one, and both publish what
 * is stored.
 */
public final class CertificateKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

  /** How often it is looked at least. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Until every API server has noticed a changed webhook configuration, with much to spare. */
  static final Duration SETTLING = Duration.ofMinutes(10);

  /** More changes than one look can need; what is left waits for the next one. */
  private static final int ROUNDS = 6;

  private final CertificateStore store;
  private final BundlePublisher publisher;
  private final OneTimeAuthority authority;
  private final InstantSource clock;
  private final Looks looks;
  private @Nullable Published published;
  private boolean isFailing;

  private record Published(String bundle, Instant since) {}

  public CertificateKeeper(
      CertificateStore store,
      BundlePublisher publisher,
      OneTimeAuthority authority,
      InstantSource clock,
      Duration interval) {
    this.store = store;
    this.publisher = publisher;
    this.authority = authority;
    this.clock = clock;
    this.looks = new Looks("certificate-keeper", interval, this::tryToLook);
  }

  /** Begins to look; once. */
  public void start() {
    looks.start();
  }

  /** Stops to look; a look that is under way ends by itself. */
  @Override
  public void close() {
    looks.close();
  }

  /** That one look fails is told once: the next ones go on. */
  private void tryToLook() {
    try {
      look();
      isFailing = false;
    } catch (RuntimeException e) {
      if (!isFailing) {
        isFailing = true;
        LOG.warn("The webhook's certificate cannot be looked after; trying again", e);
      }
    }
  }

  /** Does all that is due, until what is stored is published and stays as it is. */
  void look() {
    Optional<String> settled = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) {
      var stored = store.read();
      var version = stored.map(Stored::version);
      if (version.isPresent() && version.equals(settled)) {
        return;
      }
      settle(stored.flatMap(CertificateKeeper::readable), version);
      settled = version;
    }
  }

  /** First the bundle, then the step: what is served next is trusted before. */
  private void settle(Optional<Material> stored, Optional<String> version) {
    var now = clock.instant();
    var isSettled = stored.isPresent() && isSettled(stored.get().bundlePem(), now);
    var step = RotationPlan.next(stored, authority.names(), isSettled, now);
    after(step, stored, now).ifPresent(material -> write(step, material, version));
  }

  private Optional<Material> after(RotationPlan.Step step, Optional<Material> stored, Instant now) {
    return switch (step) {
      case KEEP -> Optional.empty();
      case BEGIN -> Optional.of(Material.first(authority.issue(now)));
      case PREPARE -> stored.map(material -> material.prepared(authority.issue(now)));
      case SWITCH -> stored.map(Material::switched);
      case DROP -> stored.map(material -> material.withoutExpired(now));
    };
  }

  private void write(RotationPlan.Step step, Material material, Optional<String> version) {
    if (store.write(material.entries(), version)) {
      LOG.info("The webhook's certificates: {}; serving {}", step, material.serving());
    } else {
      LOG.info("The webhook's certificates: another replica was first");
    }
  }

  /** Publishes, and tells whether all clients have had the time to notice. */
  private boolean isSettled(String bundle, Instant now) {
    var hasChanged = publisher.publish(bundle);
    var before = published;
    if (hasChanged || before == null || !before.bundle().equals(bundle)) {
      published = new Published(bundle, now);
      return false;
    }
    return !now.isBefore(before.since().plus(SETTLING));
  }

  private static Optional<Material> readable(Stored stored) {
    try {
      return Optional.of(Material.ofEntries(stored.entries()));
    } catch (IllegalArgumentException e) {
      LOG.warn("The stored certificates of the webhook are replaced. {}", e.getMessage());
      return Optional.empty();
    }
  }
}
