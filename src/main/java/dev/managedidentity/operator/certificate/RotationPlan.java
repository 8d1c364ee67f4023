package dev.managedidentity.operator.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is due for the stored certificates.
 *
 * <pre>
 * nothing, unusable, of other names        BEGIN    serve a new one at once: no client trusts a server now
 * two thirds of the life are over          PREPARE  store the next one; its authority gets published
 * the next one's authority is well known   SWITCH   serve the next one
 * an authority has expired                 DROP     publish it no more
 * else                                     KEEP
 * </pre>
 */
final class RotationPlan {
  private static final int PARTS_OF_LIFE = 3;

  private RotationPlan() {}

  /** One change of what is stored, or none. */
  enum Step {
    KEEP,
    BEGIN,
    PREPARE,
    SWITCH,
    DROP
  }

  /**
   * The next step.
   *
   * @param isSettled whether the stored bundle has been published for so long that every client
   *     knows it
   */
  static Step next(Optional<Material> stored, ServerNames names, boolean isSettled, Instant now) {
    return stored
        .filter(material -> material.serving().isFor(names))
        .map(material -> next(material, isSettled, now))
        .orElse(Step.BEGIN);
  }

  private static Step next(Material material, boolean isSettled, Instant now) {
    var isServed = material.serving().isValidAt(now);
    if (material.next().isPresent() && material.next().get().isValidAt(now)) {
      // without a valid certificate no client is left that could be lost
      return isSettled || !isServed ? Step.SWITCH : Step.KEEP;
    }
    if (!isServed) {
      return Step.BEGIN;
    }
    if (!now.isBefore(renewal(material.serving()))) {
      return Step.PREPARE;
    }
    return material.hasExpired(now) ? Step.DROP : Step.KEEP;
  }

  /** Early enough that weeks without a leader do no harm. */
  private static Instant renewal(KeyedCertificate serving) {
    var begin = serving.certificate().getNotBefore().toInstant();
    var life = Duration.between(begin, serving.end());
    return serving.end().minus(life.dividedBy(PARTS_OF_LIFE));
  }
}
