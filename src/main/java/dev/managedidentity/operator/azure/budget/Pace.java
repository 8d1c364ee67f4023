package dev.managedidentity.operator.azure.budget;

/**
 * How fast calls may leave so that a limit which nobody tells is used well and met seldom. It is
 * told the time in nanoseconds and knows no clock. Not for several threads.
 *
 * <p>While no call was ever refused, only the number of calls under way is bounded, and the bound
 * grows with good answers. When Azure refuses one, all wait as long as it asked. From then on calls
 * leave at a rate. The limit lies between what Azure took since the refusal before and what was
 * sent at last: the rate begins again a little below, is soon close to it and late beyond it, as
 * CUBIC's is. If a refusal is overdue the rate doubles until one comes.
 */
final class Pace {
  /** Calls under way at once after a refusal; as few left by Azure's own words are few. */
  static final int FEW = 4;

  /** Calls under way at once at most. */
  static final int MOST = 64;

  private static final double NANOS = 1e9;

  /** Seconds after which one more call may leave although all those under way hang. */
  private static final double PATIENCE = 1;

  /** Part of the found limit at which the rate begins again. */
  private static final double BEGIN = 0.9;

  /** The rate is back at the limit after so many calls, but no sooner or later than after this. */
  private static final double CALLS_TO_LIMIT = 100;

  private static final double SECONDS_TO_LIMIT = 10;
  private static final double MOST_SECONDS_TO_LIMIT = 50;
  private static final double PAUSES_TO_LIMIT = 5;

  /** When no refusal is expected any more, in units of the time to the limit. */
  private static final double OVERDUE = 2.5;

  /** In search of a limit the rate doubles in so many calls, but no sooner than in so long. */
  private static final double CALLS_TO_DOUBLE = 4;

  private static final double SECONDS_TO_DOUBLE = 2;

  /** How many times the pause a time must be so that it proves a rate. */
  private static final double PAUSES_OF_PROOF = 5;

  /** The same of the first refusal: answers that were slow to come say less. */
  private static final double DOUBT = 1.5;

  private static final double SHORTEST = 1e-3;
  private static final double SLOWEST = 1.0 / 60;
  private static final double FASTEST = 10_000;

  private final long origin;

  private int underWay;

  private double window = 1;
  private int left = Integer.MAX_VALUE;

  /** Calls a second; infinite while no limit is known. */
  private double rate = Double.POSITIVE_INFINITY;

  private double found = FASTEST;
  private boolean isSearching = true;

  /** Seconds since the origin. */
  private double departedAt = Double.NEGATIVE_INFINITY;

  private double refusedAt = Double.NEGATIVE_INFINITY;
  private double pausedUntil;

  /** Seconds of the last pause, and those that the refusal before it took to come. */
  private double paused;

  private double latency;

  private boolean isRefused;

  /** Since the last pause: answers, and seconds in which calls left as soon as they might. */
  private int taken;

  private double pressed;

  /** The part of these seconds that counts for the way back to the limit. */
  private double grown;

  /** Nothing is known. */
  Pace(long now) {
    this.origin = now;
  }

  /** Calls that have left and not ended. */
  int underWay() {
    return underWay;
  }

  /** Calls a second that may leave now; infinite while no limit is known. */
  double rate() {
    return rate;
  }

  /** Nanoseconds for which Azure has asked everyone to wait. */
  long pause(long now) {
    return Math.max(0, (long) ((pausedUntil - seconds(now)) * NANOS));
  }

  /** Nanoseconds until the next call may leave, as far as is known now. */
  long delay(long now) {
    var seconds = Math.max(pausedUntil, departedAt + spacing()) - seconds(now);
    return seconds > 0 ? (long) Math.ceil(seconds * NANOS) : 0;
  }

  /** A call leaves. */
  void departed(long now) {
    var time = seconds(now);
    if (departedAt > Double.NEGATIVE_INFINITY) {
      press(time);
    }
    if (isRefused) {
      settle();
    }
    departedAt = time;
    underWay++;
  }

  /**
   * Azure took a call, whatever came of it.
   *
   * @param remaining how many more it would take now; the highest number when it does not say
   */
  void taken(int remaining) {
    if (underWay * 2 >= window) {
      window = Math.min(MOST, window + 1);
    }
    left = remaining;
    taken++;
    underWay--;
  }

  /** A call ended, which says nothing about the limit. */
  void ended() {
    underWay--;
  }

  /** Azure refused a call that had left at {@code departure} and asks everyone to wait. */
  void refused(long departure, long now, long wait) {
    underWay--;
    var time = seconds(now);
    if (seconds(departure) > refusedAt) {
      refusedAt = time;
      latency = time - seconds(departure);
      isRefused = true;
      paused = 0;
      window = taken > 0 ? FEW : 1;
    }
    if (time + wait / NANOS > pausedUntil) {
      paused += time + wait / NANOS - Math.max(pausedUntil, time);
      pausedUntil = time + wait / NANOS;
    }
  }

  /** Seconds between two departures. */
  private double spacing() {
    var bound = Math.max(1, Math.min((int) window, left));
    return underWay < bound ? 1 / rate : Math.max(PATIENCE, 1 / rate);
  }

  /** Only time in which calls would have left sooner counts: idleness proves nothing. */
  private void press(double time) {
    var gap = time - departedAt;
    if (!isLimited()) {
      pressed += underWay > 0 ? gap : Math.min(gap, Math.max(0, pausedUntil - departedAt));
      return;
    }
    pressed += Math.min(gap, Math.max(pausedUntil - departedAt, 1 / rate));
    grow(Math.min(gap, 1 / rate));
  }

  private void grow(double seconds) {
    if (left <= FEW && rate >= found) {
      rate = found;
      isSearching = false;
      grown = secondsToLimit();
    } else if (isSearching) {
      var doubling = Math.max(SECONDS_TO_DOUBLE, CALLS_TO_DOUBLE / rate);
      rate = bounded(rate * Math.pow(2, seconds / doubling));
    } else {
      grown += seconds;
      var way = grown / secondsToLimit();
      rate = bounded(found * (1 + (1 - BEGIN) * Math.pow(way - 1, 3))); // CUBIC
      isSearching = way > OVERDUE;
    }
  }

  /**
   * The pause is over. What Azure took in a long time is not above its limit, and the rate at which
   * it refused is. In a short time the bucket that fills in every pause counts too much, so that
   * pause and time together are the measure. When it took nothing it was closed, which tells no
   * rate.
   */
  private void settle() {
    isRefused = false;
    if (taken == 0) {
      pressed = 0;
      return;
    }
    var active = Math.max(pressed - paused, SHORTEST);
    var isLong = isLimited() && active > PAUSES_OF_PROOF * paused;
    var isFirst = !isLimited();
    var seconds = isFirst ? Math.max(paused, pressed - latency) : pressed;
    found = bounded(isLong ? between(taken / active, rate) : taken / Math.max(seconds, SHORTEST));
    var isDoubtful = pressed > DOUBT * paused || found > CALLS_TO_LIMIT / SECONDS_TO_LIMIT;
    isSearching = isFirst && isDoubtful;
    rate = bounded(Math.min(found, rate) * BEGIN);
    taken = 0;
    pressed = 0;
    grown = 0;
  }

  /** Nearer to what was taken: what was refused depends on chance. */
  private static double between(double taken, double refused) {
    return Math.pow(taken, 0.75) * Math.pow(refused, 0.25);
  }

  private boolean isLimited() {
    return rate < Double.POSITIVE_INFINITY;
  }

  private double secondsToLimit() {
    var unhurried = Math.max(SECONDS_TO_LIMIT, PAUSES_TO_LIMIT * paused);
    return Math.max(unhurried, Math.min(CALLS_TO_LIMIT / found, MOST_SECONDS_TO_LIMIT));
  }

  private static double bounded(double rate) {
    return Math.clamp(rate, SLOWEST, FASTEST);
  }

  private double seconds(long nanos) {
    return (nanos - origin) / NANOS;
  }
}
