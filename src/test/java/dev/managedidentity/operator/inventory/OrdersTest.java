package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever order wholes and parts are listed and repaired in, no write is made twice or in vain.
 */
class OrdersTest {
  private static final int LENGTH = 6;

  /** What somebody did in Azure. */
  enum Loss {
    PART,
    WHOLE,
    REPLACED
  }

  @ParameterizedTest
  @EnumSource
  void eachObjectIsWrittenOnce(Loss loss) {
    var repair = loss == Loss.PART ? List.of("write part") : List.of("write whole", "write part");
    var moves = Life.Move.values();
    var orders = (int) Math.pow(moves.length, LENGTH);
    for (var order = 0; order < orders; order++) {
      var number = order;
      var life = new Life();
      life.suffer(loss);
      var made =
          IntStream.range(0, LENGTH)
              .mapToObj(step -> moves[number / (int) Math.pow(moves.length, step) % moves.length])
              .toList();

      made.forEach(life::move);
      for (var round = 0; round < 4; round++) {
        List.of(moves).forEach(life::move);
      }

      assertThat(life.writes).as("%s", made).isEqualTo(repair);
    }
  }

  /** A whole, a part of it, and two resources that count on them. */
  private static final class Life {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final String WHOLE = "/s/g/a";
    private static final String PART = WHOLE + "/parts/p";

    enum Move {
      LIST_WHOLES,
      LIST_PARTS,
      LOOK_AFTER_WHOLE,
      LOOK_AFTER_PART
    }

    private final List<String> writes = new ArrayList<>();
    private final Time time = new Time();
    private final Shelf wholes = new Shelf().with(WHOLE + "=1");
    private final Shelf parts = new Shelf().with(PART + "=1");
    private final Sightings<String> ofWholes = new Sightings<>(time, Duration.ofSeconds(30));
    private final Sightings<String> ofParts =
        new Sightings<>(time, Duration.ofSeconds(30), INTERVAL.multipliedBy(8));
    private final Sweep<String> wholeSweep =
        sweep(wholes.listing(), ofWholes, () -> expectation(WHOLE, this.whole, "/s"));
    private final Sweep<String> partSweep =
        sweep(parts.listingPartsOf(ofWholes), ofParts, () -> expectation(PART, this.partOf, WHOLE));

    /** Which whole is there; null when there is none. */
    private @Nullable Integer actual = 1;

    /** Which whole is known, and of which one the part was written. */
    private int whole = 1;

    private int partOf = 1;

    void suffer(Loss loss) {
      parts.remove(PART + "=1");
      if (loss != Loss.PART) {
        wholes.remove(WHOLE + "=1");
        actual = null;
      }
      if (loss == Loss.REPLACED) {
        wholes.with(WHOLE + "=2");
        actual = 2;
      }
    }

    void move(Move move) {
      time.pass(INTERVAL);
      switch (move) {
        case LIST_WHOLES -> wholeSweep.round();
        case LIST_PARTS -> partSweep.round();
        case LOOK_AFTER_WHOLE -> lookAfterWhole();
        case LOOK_AFTER_PART -> lookAfterPart();
      }
    }

    private void lookAfterWhole() {
      if (ofWholes.find(WHOLE).isEmpty()) {
        return;
      }
      writes.add("write whole");
      actual = 2;
      wholes.with(WHOLE + "=2");
      ofWholes.wrote(WHOLE);
      whole = 2;
    }

    private void lookAfterPart() {
      if (ofWholes.find(WHOLE).isPresent() || (ofParts.find(PART).isEmpty() && partOf == whole)) {
        return;
      }
      if (!Objects.equals(actual, whole)) {
        writes.add("write part in vain");
      }
      writes.add("write part");
      partOf = whole;
      parts.with(PART + "=" + whole);
      ofParts.wrote(PART);
    }

    private static Expectation<String> expectation(String key, int version, String scope) {
      var object = Optional.of(key + "=" + version);
      return new Expectation<>(key, List.of(scope), object::equals, () -> {});
    }

    private Sweep<String> sweep(
        Listing<String> listing,
        Sightings<String> sightings,
        Supplier<Expectation<String>> expected) {
      return new Sweep<>(
          listing,
          () -> List.of(expected.get()),
          sightings,
          new Rhythm(INTERVAL, time, new Chance(0)),
          new SameThread());
    }
  }
}
