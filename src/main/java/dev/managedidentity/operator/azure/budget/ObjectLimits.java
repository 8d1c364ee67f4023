package dev.managedidentity.operator.azure.budget;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Tells a refusal that is about one object from one that is about all: Azure also limits how often
 * one identity or credential may be written or read, and who edits one all the time must not slow
 * down the others. Not for several threads.
 */
final class ObjectLimits {
  /** Azure lets one object be written every four seconds. */
  private static final long RECENT = Duration.ofSeconds(10).toNanos();

  private static final long MEMORY = Duration.ofMinutes(1).toNanos();

  private final SequencedMap<String, Long> takenAt = new LinkedHashMap<>();
  private final SequencedMap<String, Refusal> refusals = new LinkedHashMap<>();
  private long takes;
  private boolean isDoubtful;

  /** A refusal, and how many calls had been taken until then. */
  private record Refusal(long time, long takes) {}

  /** Azure took a call about this object. */
  void taken(String object, long now) {
    isDoubtful = false;
    takes++;
    refusals.remove(object);
    takenAt.putLast(object, now);
    while (now - takenAt.firstEntry().getValue() > RECENT) {
      takenAt.pollFirstEntry();
    }
  }

  /**
   * Azure refused a call about this object. True when that is about it alone: another call about it
   * was taken just now, or others were taken since it was refused before. Two in a row are not
   * believed.
   */
  boolean explainsRefusal(String object, long now) {
    var before = refusals.putLast(object, new Refusal(now, takes));
    while (now - refusals.firstEntry().getValue().time() > MEMORY) {
      refusals.pollFirstEntry();
    }
    var isPassedOver = before != null && takes > before.takes();
    var isKnown = isPassedOver || isRecent(object, now);
    isDoubtful = isKnown && !isDoubtful;
    return isDoubtful;
  }

  private boolean isRecent(String object, long now) {
    var then = takenAt.get(object);
    return then != null && now - then <= RECENT;
  }
}
