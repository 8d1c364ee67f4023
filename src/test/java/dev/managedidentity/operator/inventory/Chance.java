package dev.managedidentity.operator.inventory;

import java.util.random.RandomGenerator;

/** Chance that a test decides: every number is this share of the largest. */
record Chance(double share) implements RandomGenerator {
  @Override
  public long nextLong() {
    return (long) (share * Long.MAX_VALUE);
  }

  @Override
  public double nextDouble() {
    return share;
  }
}
