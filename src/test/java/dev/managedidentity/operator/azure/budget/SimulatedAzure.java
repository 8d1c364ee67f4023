package dev.managedidentity.operator.azure.budget;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A service with a limit and callers who always want more, in a time of its own: a run of hours is
 * arithmetic.
 */
final class SimulatedAzure {
  private static final double NANOS = 1e9;

  /** The clock of a JVM may be anywhere, and overflow. */
  private static final long ORIGIN = Long.MAX_VALUE - 5_000_000_000L;

  private final Pace pace = new Pace(ORIGIN);
  private final PriorityQueue<Reply> replies =
      new PriorityQueue<>(Comparator.comparingDouble(Reply::at));
  private Terms terms;
  private double tokens;
  private double filledAt;
  private double now;
  private int took;
  private int refused;
  private int mostUnderWay;

  SimulatedAzure(Terms terms) {
    this.terms = terms;
    this.tokens = terms.capacity();
  }

  /**
   * What the service does: a bucket of tokens, one for each call.
   *
   * @param limit tokens that come back in a second
   * @param leastWait seconds for which it asks to wait at least
   * @param latency seconds until a call is answered
   * @param isTelling whether its answers say how many tokens are left
   */
  record Terms(double limit, double capacity, double leastWait, double latency, boolean isTelling) {
    static Terms of(double limit, double capacity) {
      return new Terms(limit, capacity, 1, 0.05, false);
    }
  }

  /** How a run went. */
  record Run(double seconds, int took, int refused, int mostUnderWay) {
    double shareOfRefusals() {
      return (double) refused / (took + refused);
    }
  }

  private record Reply(double at, long departure, boolean isTaken, double delay, int left) {}

  /** From now on the service is another. */
  void change(Terms other) {
    terms = other;
  }

  /** Lets callers call until as many calls were taken. */
  Run run(int calls) {
    return run(calls, Double.POSITIVE_INFINITY);
  }

  /** Lets callers call for so many seconds. */
  Run runFor(double seconds) {
    return run(Integer.MAX_VALUE, seconds);
  }

  private Run run(int calls, double seconds) {
    var begin = now;
    var tookBefore = took;
    var refusedBefore = refused;
    mostUnderWay = 0;
    while (took - tookBefore < calls && now - begin < seconds) {
      var wait = pace.delay(nanos()) / NANOS;
      var isFull = pace.underWay() >= Pace.MOST;
      var reply = replies.peek();
      if (reply != null && (isFull || reply.at() <= now + wait)) {
        replies.remove();
        now = Math.max(now, reply.at());
        receive(reply);
      } else {
        now += wait;
        send();
      }
    }
    return new Run(now - begin, took - tookBefore, refused - refusedBefore, mostUnderWay);
  }

  /** Nobody calls for so many seconds. */
  void rest(double seconds) {
    while (!replies.isEmpty()) {
      receive(replies.remove());
    }
    now += seconds;
  }

  private void send() {
    pace.departed(nanos());
    mostUnderWay = Math.max(mostUnderWay, pace.underWay());
    var arrival = now + terms.latency() / 2;
    tokens = Math.min(terms.capacity(), tokens + (arrival - filledAt) * terms.limit());
    filledAt = arrival;
    var isTaken = tokens >= 1;
    tokens -= isTaken ? 1 : 0;
    var wait = Math.max(terms.leastWait(), Math.ceil((1 - tokens) / terms.limit()));
    var left = terms.isTelling() ? (int) tokens : Integer.MAX_VALUE;
    replies.add(new Reply(now + terms.latency(), nanos(), isTaken, wait, left));
  }

  private void receive(Reply reply) {
    if (reply.isTaken()) {
      took++;
      pace.taken(reply.left());
    } else {
      refused++;
      pace.refused(reply.departure(), nanos(), (long) (reply.delay() * NANOS));
    }
  }

  private long nanos() {
    return ORIGIN + (long) Math.ceil(now * NANOS);
  }
}
