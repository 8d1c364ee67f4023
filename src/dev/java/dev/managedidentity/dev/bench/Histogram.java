package dev.managedidentity.dev.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a histogram of Prometheus has counted.
 *
 * @param counts observations up to each bound, in seconds; the bounds include those below
 */
record Histogram(Map<Double, Double> counts) {
  private static final Pattern BOUND = Pattern.compile("le=\"([^\"]+)\"");

  Histogram {
    counts = new TreeMap<>(counts);
  }

  /**
   * Reads the sum of all series of a histogram whose labels contain a text.
   *
   * @param metrics in Prometheus' text format
   */
  static Histogram read(String metrics, String name, String label) {
    var counts = new TreeMap<Double, Double>();
    metrics
        .lines()
        .filter(line -> line.startsWith(name + "_bucket{") && line.contains(label))
        .forEach(
            line -> {
              var bound = BOUND.matcher(line);
              if (bound.find()) {
                var upTo = bound.group(1).equals("+Inf") ? "Infinity" : bound.group(1);
                counts.merge(
                    Double.valueOf(upTo),
                    Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                    Double::sum);
              }
            });
    return new Histogram(counts);
  }

  /** What was counted since then. */
  Histogram since(Histogram before) {
    var difference = new TreeMap<Double, Double>();
    counts.forEach(
        (bound, count) -> difference.put(bound, count - before.counts.getOrDefault(bound, 0.0)));
    return new Histogram(difference);
  }

  double total() {
    return counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** The quantile in milliseconds, as Prometheus estimates it: evenly within a bucket. */
  double quantileMillis(double quantile) {
    var rank = quantile * total();
    var below = 0.0;
    var lower = 0.0;
    for (var bucket : counts.entrySet()) {
      if (bucket.getValue() >= rank && bucket.getValue() > below) {
        var upper = bucket.getKey().isInfinite() ? lower : bucket.getKey();
        return 1000 * (lower + (upper - lower) * (rank - below) / (bucket.getValue() - below));
      }
      below = bucket.getValue();
      lower = bucket.getKey();
    }
    return 1000 * lower;
  }
}
