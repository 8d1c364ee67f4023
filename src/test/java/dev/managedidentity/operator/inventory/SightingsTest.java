package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final String KEY = "/identities/orders";
  private static final String CREDENTIAL = KEY + "/credentials/one";
  private static final Sighting<String> GONE = new Sighting.Absent<>();

  private final Time time = new Time();
  private final Sightings<String> sightings = new Sightings<>(time, SETTLING);

  @Test
  void keepsWhatAListShowedUntilTheObjectIsWritten() {
    assertThat(sightings.report(KEY, sightings.begin(), GONE)).isTrue();
    assertThat(sightings.find(KEY)).contains(GONE);

    sightings.wrote(KEY);

    assertThat(sightings.find(KEY)).isEmpty();
  }

  @Test
  void doesNotBelieveAListThatBeganBeforeAWriteEnded() {
    var list = sightings.begin();
    time.pass(Duration.ofMinutes(5));
    sightings.wrote(KEY);
    time.pass(Duration.ofMinutes(5));

    assertThat(sightings.report(KEY, list, GONE)).isFalse();
    assertThat(sightings.find(KEY)).isEmpty();
  }

  @Test
  void doesNotBelieveAListThatMayLagBehindAWrite() {
    sightings.wrote(KEY);
    time.pass(SETTLING);
    assertThat(sightings.report(KEY, sightings.begin(), GONE)).isFalse();

    time.pass(Duration.ofNanos(1));
    assertThat(sightings.report(KEY, sightings.begin(), GONE)).isTrue();
  }

  @Test
  void aWriteOfOneObjectSaysNothingOfAnother() {
    sightings.wrote("/identities/billing");

    assertThat(sightings.report(KEY, sightings.begin(), GONE)).isTrue();
  }

  /** Else a repair that was refused would leave a resource that looks fine. */
  @Test
  void aFailedWriteKeepsWhatWasSeen() {
    sightings.report(KEY, sightings.begin(), GONE);
    var list = sightings.begin();

    sightings.tried(KEY);

    assertThat(sightings.find(KEY)).contains(GONE);
    assertThat(sightings.report(KEY, list, present("late"))).as("it may have happened").isFalse();
    assertThat(sightings.find(KEY)).contains(GONE);
  }

  @Test
  void aNewerListThatShowsTheObjectAsItShouldBeEndsASighting() {
    var list = sightings.begin();
    sightings.report(KEY, list, GONE);
    sightings.clear(KEY, list);
    assertThat(sightings.find(KEY)).as("the same list").contains(GONE);

    time.pass(Duration.ofNanos(1));
    sightings.clear(KEY, sightings.begin());
    assertThat(sightings.find(KEY)).isEmpty();
  }

  @Test
  void anOlderListChangesNothingThatANewerOneShowed() {
    var older = sightings.begin();
    time.pass(Duration.ofNanos(1));
    sightings.report(KEY, sightings.begin(), present("new"));

    assertThat(sightings.report(KEY, older, GONE)).isFalse();
    sightings.clear(KEY, older);

    assertThat(sightings.find(KEY)).contains(present("new"));
  }

  @Test
  void whatWasSeenBeforeIsNoNews() {
    sightings.report(KEY, sightings.begin(), present("changed"));
    time.pass(Duration.ofMinutes(1));

    assertThat(sightings.report(KEY, sightings.begin(), present("changed"))).isFalse();
    assertThat(sightings.report(KEY, sightings.begin(), present("changed again"))).isTrue();
    assertThat(sightings.find(KEY)).contains(present("changed again"));
  }

  @Test
  void whatOneResourceRepairedDoesNotHideWhatAnotherHasYetToRepair() {
    sightings.report(KEY, sightings.begin(), present("without both"));
    var list = sightings.begin();

    sightings.learned(KEY, "without one");

    assertThat(sightings.find(KEY)).contains(present("without one"));
    sightings.clear(KEY, list);
    assertThat(sightings.find(KEY)).as("an older list").contains(present("without one"));
    time.pass(SETTLING.multipliedBy(2));
    sightings.clear(KEY, sightings.begin());
    assertThat(sightings.find(KEY)).isEmpty();
  }

  @Test
  void howAnObjectIsThatNothingWasWrongWithIsNotKept() {
    sightings.learned(KEY, "fine");

    assertThat(sightings.find(KEY)).isEmpty();
  }

  @Test
  void theDeletionOfAnIdentityConcernsItsCredentials() {
    sightings.report(CREDENTIAL, sightings.begin(), GONE);
    sightings.report(KEY + "-2/credentials/one", sightings.begin(), GONE);
    var list = sightings.begin();

    sightings.wroteWithParts(KEY);

    assertThat(sightings.find(CREDENTIAL)).isEmpty();
    assertThat(sightings.report(CREDENTIAL, list, GONE)).isFalse();
    assertThat(sightings.find(KEY + "-2/credentials/one")).contains(GONE);
  }

  @Test
  void remembersOnlyWhatDiffers() {
    var list = sightings.begin();
    for (var object = 0; object < 1_000; object++) {
      sightings.clear(KEY + object, list);
    }
    sightings.report(KEY, list, GONE);

    assertThat(sightings.size()).isEqualTo(1);
    sightings.forget(KEY);
    assertThat(sightings.size()).isZero();
  }

  @Test
  void forgetsWritesThatNoListCanMissAnyMore() {
    for (var object = 0; object < 1_000; object++) {
      sightings.wrote(KEY + object);
    }
    time.pass(Duration.ofMinutes(10));
    sightings.wrote(KEY + 0);
    time.pass(Duration.ofMinutes(10));
    sightings.begin();

    assertThat(sightings.size()).as("written again").isEqualTo(1);
    time.pass(Duration.ofMinutes(10));
    sightings.wrote(KEY);
    assertThat(sightings.size()).isEqualTo(1);
  }

  @Test
  void doesNotBelieveAListThatTookLongerThanWritesAreRemembered() {
    var list = sightings.begin();
    sightings.wrote(KEY);
    time.pass(Duration.ofMinutes(20));
    sightings.begin();

    assertThat(sightings.size()).isZero();
    assertThat(sightings.report(KEY, list, GONE)).isFalse();
  }

  private static Sighting<String> present(String value) {
    return new Sighting.Present<>(value);
  }
}
