package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.plan.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When which waiting pod is told why: never often, but before the last time is forgotten. */
final class WaitingPods {
  /** Most pods wait no longer, and need not be told. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  /** Reasons change quickly while an identity is being made. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** API servers keep Events for an hour: a pod that waits always has one. */
  static final Duration REMINDER = Duration.ofMinutes(30);

  private final Map<String, Told> told = new ConcurrentHashMap<>();

  /**
   * A pod that waits.
   *
   * @param since when it was first seen
   * @param last what it was told last
   */
  private record Told(Instant since, Optional<Notice> last) {
    Instant due(String words) {
      return last.map(before -> before.time().plus(before.words().equals(words) ? REMINDER : PAUSE))
          .orElse(since.plus(MOMENT));
    }
  }

  /** What a pod is to be told now, and when it is looked at again. */
  record Telling(Optional<Notice> notice, Duration again) {}

  /** A pod waits because of this. */
  Telling waits(String uid, String words, Instant now) {
    var before = told.computeIfAbsent(uid, _ -> new Told(now, Optional.empty()));
    var due = before.due(words);
    if (now.isBefore(due)) {
      return new Telling(Optional.empty(), Duration.between(now, due));
    }
    var isReminder = before.last().isPresent();
    var notice = new Notice("WaitingForIdentity", words, isReminder, now);
    told.put(uid, new Told(before.since(), Optional.of(notice)));
    return new Telling(Optional.of(notice), REMINDER);
  }

  /** A pod waits no longer. */
  void forget(String uid) {
    told.remove(uid);
  }
}
