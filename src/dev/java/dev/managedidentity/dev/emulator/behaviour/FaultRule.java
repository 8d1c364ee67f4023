package dev.managedidentity.dev.emulator.behaviour;

/**
 * When a fault happens: to operations of this name (a pattern with {@code *}) whose path contains a
 * text in any case, and how often.
 */
public record FaultRule(String operation, String pathContains, Fault fault, Frequency frequency) {

  /** How often a matching request meets the fault. */
  public sealed interface Frequency {}

  /** The next so many matching requests, and none after them. */
  public record Times(int count) implements Frequency {
    public Times {
      if (count < 1) {
        throw new IllegalArgumentException("A fault happens at least once, not " + count);
      }
    }
  }

  /** Each matching request with this probability; the same seed gives the same sequence. */
  public record Chance(double probability, long seed) implements Frequency {
    public Chance {
      if (!(probability > 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "A probability is above 0 and at most 1, not " + probability);
      }
    }
  }

  /** The next matching request, whatever its path. */
  public static FaultRule once(String operation, Fault fault) {
    return times(1, operation, fault);
  }

  public static FaultRule times(int count, String operation, Fault fault) {
    return new FaultRule(operation, "", fault, new Times(count));
  }

  public static FaultRule chance(double probability, long seed, String operation, Fault fault) {
    return new FaultRule(operation, "", fault, new Chance(probability, seed));
  }

  /** The same rule for paths that contain this text only. */
  public FaultRule onPath(String text) {
    return new FaultRule(operation, text, fault, frequency);
  }
}
