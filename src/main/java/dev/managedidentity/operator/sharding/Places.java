package dev.managedidentity.operator.sharding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.azure.FederatedCredential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Gives every binding a place on one identity that has room for its credentials, and never another
 * while it lives. What is given away counts at once: two bindings that ask at the same moment do
 * not get the same place. A restart finds every place in the bindings' statuses.
 */
public final class Places {
  /** What was given away, by the house and the binding's UID. */
  private final Map<String, Map<String, Lease>> leases = new HashMap<>();

  /** The house in which a binding has its place, by the binding's UID. */
  private final Map<String, String> homes = new HashMap<>();

  /** UIDs of shards that are about to be deleted, by namespace and name. */
  private final Map<String, String> closed = new HashMap<>();

  /**
   * A binding that has or wants a place.
   *
   * @param place name of the identity that has its credentials
   * @param held how many it has there
   * @param wanted how many it needs; 0 while nobody asked it
   */
  public record Tenant(String uid, Optional<String> place, int held, int wanted) {}

  /**
   * A place.
   *
   * @param identity name of the ManagedIdentity
   * @param room how many credentials the tenant may have there
   */
  public record Lease(String identity, int room) {}

  /**
   * The identity that tenants ask for.
   *
   * @param namespace of the ManagedIdentity that they name
   * @param name of the ManagedIdentity that they name
   * @param foreign how many credentials others have on the identity or shard of this name
   * @param isGrowing whether there may be shards
   */
  public record House(
      String namespace, String name, ToIntFunction<String> foreign, boolean isGrowing) {
    /** Whether a name is that of the identity or of one of its shards. */
    public boolean isPlace(String other) {
      return other.equals(name)
          || (other.startsWith(name + "-")
              && other.substring(name.length() + 1).matches("[1-9][0-9]{0,5}"));
    }

    private String key() {
      return namespace + "/" + name;
    }

    /** Name of a shard; the first place is the identity itself. */
    String place(int number) {
      return number == 1 ? name : name + "-" + number;
    }
  }

  /** The place of a tenant; with no room when all that there may be is taken. */
  public synchronized Lease lease(Tenant tenant, List<Tenant> others, House house) {
    if (!house.key().equals(homes.get(tenant.uid()))) {
      giveBack(tenant.uid());
      homes.put(tenant.uid(), house.key());
    }
    var given = leases.computeIfAbsent(house.key(), _ -> new HashMap<>());
    var taken = taken(tenant, others, given);
    var lease =
        tenant
            .place()
            .map(place -> new Lease(place, free(place, taken, house)))
            .or(() -> promised(tenant, given, taken, house))
            .orElseGet(() -> first(tenant, taken, house));
    given.put(tenant.uid(), new Lease(lease.identity(), share(tenant, lease.room())));
    return lease;
  }

  /** Gives back what was promised to a binding; what it has it keeps until it lets go. */
  public synchronized void giveBack(String uid) {
    var home = homes.remove(uid);
    if (home != null) {
      leases.computeIfPresent(
          home,
          (_, given) -> {
            given.remove(uid);
            return given.isEmpty() ? null : given;
          });
    }
  }

  /**
   * Closes a shard before it is deleted, so that nobody begins to use it any more.
   *
   * @return false when somebody was given a place there, which the cache may not know yet
   */
  public synchronized boolean close(ManagedIdentity parent, ManagedIdentity shard) {
    var name = shard.getMetadata().getName();
    var isGivenAway =
        leases.getOrDefault(key(parent), Map.of()).values().stream()
            .anyMatch(lease -> lease.identity().equals(name) && lease.room() > 0);
    if (!isGivenAway) {
      closed.put(key(shard), shard.getMetadata().getUid());
    }
    return !isGivenAway;
  }

  /** Takes a closing back: the shard was not deleted. */
  public synchronized void reopen(ManagedIdentity shard) {
    closed.remove(key(shard), shard.getMetadata().getUid());
  }

  /** Whether a shard is about to be deleted; another one of its name is not. */
  public synchronized boolean isClosed(ManagedIdentity shard) {
    return shard.getMetadata().getUid().equals(closed.get(key(shard)));
  }

  private static String key(ManagedIdentity identity) {
    return identity.getMetadata().getNamespace() + "/" + identity.getMetadata().getName();
  }

  /** What a tenant has it takes up, even while there seems to be no room for it. */
  private static int share(Tenant tenant, int room) {
    return Math.max(tenant.held(), Math.min(room, tenant.wanted()));
  }

  /** What others were promised counts, be they known to the cache yet or not. */
  private static Map<String, Integer> taken(
      Tenant tenant, List<Tenant> others, Map<String, Lease> given) {
    var held = new HashMap<String, Lease>();
    others.forEach(
        other ->
            other
                .place()
                .ifPresent(place -> held.put(other.uid(), new Lease(place, other.held()))));
    held.putAll(given);
    held.remove(tenant.uid());
    return held.values().stream().collect(groupingBy(Lease::identity, summingInt(Lease::room)));
  }

  /** The place it was given before, if others have not filled it since. */
  private static Optional<Lease> promised(
      Tenant tenant, Map<String, Lease> given, Map<String, Integer> taken, House house) {
    return Optional.ofNullable(given.get(tenant.uid()))
        .map(lease -> new Lease(lease.identity(), free(lease.identity(), taken, house)))
        .filter(lease -> lease.room() > 0);
  }

  private static Lease first(Tenant tenant, Map<String, Integer> taken, House house) {
    if (!house.isGrowing()) {
      return new Lease(house.name(), free(house.name(), taken, house));
    }
    var wanted = Math.min(tenant.wanted(), FederatedCredential.LIMIT);
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(house::place)
        .map(place -> new Lease(place, free(place, taken, house)))
        .filter(lease -> lease.room() >= wanted)
        .findFirst()
        .orElseThrow();
  }

  private static int free(String place, Map<String, Integer> taken, House house) {
    var used = taken.getOrDefault(place, 0) + house.foreign().applyAsInt(place);
    return Math.max(0, FederatedCredential.LIMIT - used);
  }
}
