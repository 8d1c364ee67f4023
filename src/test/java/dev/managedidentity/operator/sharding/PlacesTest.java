package dev.managedidentity.operator.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.sharding.Places.House;
import dev.managedidentity.operator.sharding.Places.Lease;
import dev.managedidentity.operator.sharding.Places.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which identity has room for whom. */
class PlacesTest {
  private static final House GROWING = new House("shop", "orders", _ -> 0, true);
  private static final House FIXED = new House("shop", "orders", _ -> 0, false);

  private final Places places = new Places();

  @Test
  void theFirstIdentityIsFilledBeforeAFurtherOneIsMade() {
    var tenants = tenants(45);

    assertThat(tenants.stream().map(one -> places.lease(one, others(tenants, one), GROWING)))
        .extracting(Lease::identity)
        .startsWith("orders")
        .contains("orders-2")
        .endsWith("orders-3")
        .filteredOn("orders-2"::equals)
        .hasSize(20);
  }

  @Test
  void aPlaceIsKeptWhileTheTenantLives() {
    var tenants = tenants(21);
    tenants.forEach(one -> places.lease(one, others(tenants, one), GROWING));
    var last = tenants.getLast();

    assertThat(places.lease(last, List.of(), GROWING).identity()).isEqualTo("orders-2");
  }

  @Test
  void whatAStatusNamesIsFoundAfterARestart() {
    var there = new Tenant("a", Optional.of("orders-3"), 1, 1);

    assertThat(places.lease(there, List.of(), GROWING)).isEqualTo(new Lease("orders-3", 20));
  }

  @Test
  void aShardIsNotClosedWhileSomebodyHasAPlaceThere() {
    var late = new Tenant("late", Optional.of("orders-2"), 1, 1);
    places.lease(late, List.of(), GROWING);

    assertThat(places.close(identity("orders", "1"), identity("orders-2", "2"))).isFalse();
    assertThat(places.isClosed(identity("orders-2", "2"))).isFalse();

    places.giveBack(late.uid());
    assertThat(places.close(identity("orders", "1"), identity("orders-2", "2"))).isTrue();
    assertThat(places.isClosed(identity("orders-2", "2"))).isTrue();
  }

  @Test
  void anotherShardOfTheNameIsOpen() {
    places.close(identity("orders", "1"), identity("orders-2", "2"));

    assertThat(places.isClosed(identity("orders-2", "3"))).isFalse();
  }

  @Test
  void aShardThatWasNotDeletedIsOpenAgain() {
    places.close(identity("orders", "1"), identity("orders-2", "2"));
    places.reopen(identity("orders-2", "2"));

    assertThat(places.isClosed(identity("orders-2", "2"))).isFalse();
  }

  @Test
  void aFreedPlaceIsGivenAgain() {
    var tenants = tenants(20);
    tenants.forEach(one -> places.lease(one, others(tenants, one), GROWING));
    var rest = tenants.subList(1, 20);
    places.giveBack(tenants.getFirst().uid());

    var late = new Tenant("late", Optional.empty(), 0, 1);

    assertThat(places.lease(late, rest, GROWING).identity()).isEqualTo("orders");
  }

  /** The cache in which others are found may be behind the one that says who asks. */
  @Test
  void aPlaceIsPromisedOnceHoweverLateOthersAreSeen() {
    var tenants = tenants(21);

    assertThat(tenants.stream().map(one -> places.lease(one, List.of(), GROWING)))
        .extracting(Lease::identity)
        .filteredOn("orders"::equals)
        .hasSize(20);
  }

  @Test
  void credentialsOfOthersTakeUpRoom() {
    var house = new House("shop", "orders", place -> place.equals("orders") ? 19 : 0, true);
    var tenants = tenants(2);

    assertThat(tenants.stream().map(one -> places.lease(one, others(tenants, one), house)))
        .extracting(Lease::identity)
        .containsExactly("orders", "orders-2");
  }

  /**
   * A list may show a credential before it is known whose it is: it seems to be somebody else's.
   */
  @Test
  void whoIsThereTakesUpItsPlaceThoughThereSeemsToBeNoRoomForIt() {
    var tenants =
        IntStream.range(0, 20)
            .mapToObj(number -> new Tenant("%03d".formatted(number), Optional.of("orders"), 1, 1))
            .toList();
    var crowded = new House("shop", "orders", place -> place.equals("orders") ? 1 : 0, true);
    tenants.forEach(one -> places.lease(one, others(tenants, one), crowded));

    var late = new Tenant("late", Optional.empty(), 0, 1);

    assertThat(places.lease(late, tenants, GROWING).identity()).isEqualTo("orders-2");
  }

  @Test
  void whereThereAreNoShardsTheLastHasNoRoom() {
    var tenants = tenants(21);
    var leases = tenants.stream().map(one -> places.lease(one, others(tenants, one), FIXED));

    assertThat(leases).extracting(Lease::identity).containsOnly("orders");
    assertThat(places.lease(tenants.getLast(), others(tenants, tenants.getLast()), FIXED).room())
        .isZero();
  }

  @Test
  void aTenantWithManyCredentialsIsNotSplit() {
    var small = new Tenant("a", Optional.of("orders"), 5, 0);
    var large = new Tenant("b", Optional.empty(), 0, 18);

    assertThat(places.lease(large, List.of(small), GROWING).identity()).isEqualTo("orders-2");
  }

  @Test
  void oneThatIsTooLargeForAnyIdentityHasAllTheRoomOfOne() {
    var huge = new Tenant("a", Optional.empty(), 0, 500);

    assertThat(places.lease(huge, List.of(), GROWING)).isEqualTo(new Lease("orders", 20));
  }

  private static List<Tenant> tenants(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new Tenant("%03d".formatted(number), Optional.empty(), 0, 1))
        .toList();
  }

  private static List<Tenant> others(List<Tenant> all, Tenant one) {
    var others = new ArrayList<>(all);
    others.remove(one);
    return others;
  }

  private static ManagedIdentity identity(String name, String uid) {
    var identity = new ManagedIdentity();
    identity.getMetadata().setNamespace("shop");
    identity.getMetadata().setName(name);
    identity.getMetadata().setUid(uid);
    return identity;
  }
}
