package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.FederatedCredentialStatus;
import dev.managedidentity.operator.api.FederationSpec.Overflow;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingFacts.Grants;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.proof.OpenGrants;
import dev.managedidentity.operator.sharding.Places;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the identity, or the shard of it, that has room for a binding's credentials. */
final class Lodging {
  private final Places places;
  private final Census census;

  Lodging(Places places, Census census) {
    this.places = places;
    this.census = census;
  }

  /**
   * Who lives where.
   *
   * @param shards of the identity that the binding names
   * @param tenants all bindings that name it
   * @param isOthers whether another ManagedIdentity beside it, no shard of it, has this name
   */
  record Quarter(
      List<ManagedIdentity> shards, List<IdentityBinding> tenants, Predicate<String> isOthers) {
    Quarter {
      shards = List.copyOf(shards);
      tenants = List.copyOf(tenants);
    }
  }

  /**
   * A binding's place.
   *
   * @param name of the ManagedIdentity; empty when none has room
   * @param room how many credentials the binding may have there
   */
  record Place(Optional<String> name, int room, Identity identity, Grants grants) {}

  /** The place of a binding that needs so many credentials, on an identity that it may use. */
  Place place(
      IdentityBinding binding,
      IdentityBindingStatus status,
      int credentials,
      ManagedIdentity identity,
      Identity.Usable usable,
      Quarter quarter) {
    var house = house(identity, usable, quarter);
    var lease =
        places.lease(
            tenant(binding, status, credentials, house),
            quarter.tenants().stream()
                .filter(other -> !isSame(other, binding))
                .map(other -> tenant(other, house))
                .toList(),
            house);
    var name =
        lease.room() == 0 && status.placement() == null
            ? Optional.<String>empty()
            : Optional.of(lease.identity());
    return new Place(
        name,
        lease.room(),
        at(lease.identity(), identity, usable, quarter),
        grants(binding, lease.identity(), identity, quarter));
  }

  /** A binding that is going, or not allowed, needs no place beyond what it has. */
  void leave(IdentityBinding binding) {
    places.giveBack(binding.getMetadata().getUid());
  }

  private Places.House house(ManagedIdentity identity, Identity.Usable usable, Quarter quarter) {
    var metadata = identity.getMetadata();
    return new Places.House(
        metadata.getNamespace(),
        metadata.getName(),
        place -> foreign(place, identity, usable, quarter),
        identity.getSpec().federation().overflow() == Overflow.SHARD);
  }

  /** A name that is somebody else's is as good as full. */
  private int foreign(
      String place, ManagedIdentity identity, Identity.Usable usable, Quarter quarter) {
    if (place.equals(identity.getMetadata().getName())) {
      return census.foreign(usable.id().toString());
    }
    return shard(place, quarter)
        .map(shard -> usable(shard).map(found -> census.foreign(found.id().toString())).orElse(0))
        .orElseGet(() -> quarter.isOthers().test(place) ? FederatedCredential.LIMIT : 0);
  }

  /** The first of those who are known to be able to sign in asks, else whoever comes. */
  private static Grants grants(
      IdentityBinding binding, String place, ManagedIdentity identity, Quarter quarter) {
    var there =
        Stream.concat(Stream.of(identity), quarter.shards().stream())
            .filter(one -> one.getMetadata().getName().equals(place))
            .findFirst();
    var status = there.map(ManagedIdentity::getStatus).orElse(ManagedIdentityStatus.EMPTY);
    var made = OpenGrants.made(status);
    var awaited = there.map(OpenGrants::awaited).orElse(List.of());
    if (awaited.isEmpty() && made.isEmpty()) {
      return Grants.NONE;
    }
    var first =
        quarter.tenants().stream()
            .filter(tenant -> !tenant.isMarkedForDeletion())
            .filter(tenant -> tenant.getStatus() != null)
            .filter(tenant -> place.equals(tenant.getStatus().placement()))
            .filter(Lodging::hasSignedIn)
            .min(Comparator.comparing(tenant -> tenant.getMetadata().getUid()));
    return new Grants(
        OpenGrants.of(status), made, awaited, first.isEmpty() || isSame(first.get(), binding));
  }

  private static boolean hasSignedIn(IdentityBinding tenant) {
    return tenant.getStatus().federatedCredentials().stream()
        .anyMatch(entry -> entry.verifiedAt() != null);
  }

  private Identity at(
      String place, ManagedIdentity identity, Identity.Usable usable, Quarter quarter) {
    if (place.equals(identity.getMetadata().getName())) {
      return usable;
    }
    return shard(place, quarter)
        .flatMap(this::usable)
        .<Identity>map(found -> found)
        .orElseGet(
            () ->
                new Identity.Absent(
                    new Problem.Waiting(
                        Reason.IDENTITY_NOT_READY,
                        "ManagedIdentity %s/%s, a shard, has no client id yet."
                            .formatted(identity.getMetadata().getNamespace(), place))));
  }

  private static Optional<ManagedIdentity> shard(String name, Quarter quarter) {
    return quarter.shards().stream()
        .filter(shard -> shard.getMetadata().getName().equals(name))
        .findFirst();
  }

  private Optional<Identity.Usable> usable(ManagedIdentity shard) {
    return Optional.ofNullable(shard.getStatus())
        .filter(_ -> !shard.isMarkedForDeletion() && !places.isClosed(shard))
        .flatMap(Admission::usable);
  }

  private static Places.Tenant tenant(IdentityBinding other, Places.House house) {
    var status = Objects.requireNonNullElse(other.getStatus(), IdentityBindingStatus.EMPTY);
    return tenant(other, status, 0, house);
  }

  private static Places.Tenant tenant(
      IdentityBinding binding, IdentityBindingStatus status, int credentials, Places.House house) {
    var held =
        (int)
            status.federatedCredentials().stream()
                .filter(entry -> entry.use() != Use.NONE)
                .filter(entry -> entry.state() != FederatedCredentialStatus.State.FOREIGN)
                .count();
    return new Places.Tenant(
        binding.getMetadata().getUid(),
        held == 0
            ? Optional.empty()
            : Optional.ofNullable(status.placement())
                .filter(house::isPlace) // that of an identity which it named before is none
                .or(() -> Optional.of(house.name())),
        held,
        credentials);
  }

  private static boolean isSame(IdentityBinding one, IdentityBinding other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }
}
