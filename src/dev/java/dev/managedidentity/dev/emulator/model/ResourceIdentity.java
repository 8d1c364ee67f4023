package dev.managedidentity.dev.emulator.model;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The identities of one resource: its own, and those that were assigned to it. */
public record ResourceIdentity(Optional<SystemAssigned> system, List<UserAssigned> userAssigned) {
  public static final ResourceIdentity NONE = new ResourceIdentity(Optional.empty(), List.of());

  /** The identity that lives and dies with its resource. */
  public record SystemAssigned(String principalId, String clientId) {}

  /**
   * A user-assigned identity as the resource knows it, under the id in the case in which it was
   * written; it stays when the identity itself is gone.
   */
  public record UserAssigned(Scope id, String principalId, String clientId) {
    public static UserAssigned of(Scope writtenId, Identity identity) {
      return new UserAssigned(writtenId, identity.principalId(), identity.clientId());
    }

    private UserAssigned refreshed(UserAssigned newer) {
      return id.isSame(newer.id())
          ? new UserAssigned(id, newer.principalId(), newer.clientId())
          : this;
    }
  }

  public ResourceIdentity {
    userAssigned = List.copyOf(userAssigned);
  }

  /** Azure's word for it. */
  public String type() {
    if (userAssigned.isEmpty()) {
      return system.isPresent() ? "SystemAssigned" : "None";
    }
    return system.isPresent() ? "SystemAssigned, UserAssigned" : "UserAssigned";
  }

  public boolean isNone() {
    return system.isEmpty() && userAssigned.isEmpty();
  }

  public boolean has(Scope identity) {
    return userAssigned.stream().anyMatch(assigned -> assigned.id().isSame(identity));
  }

  /** With an identity of its own, the one that it has or a fresh one, or without. */
  public ResourceIdentity withSystemAssigned(boolean enabled) {
    return new ResourceIdentity(
        enabled ? system.or(ResourceIdentity::fresh) : Optional.empty(), userAssigned);
  }

  private static Optional<SystemAssigned> fresh() {
    return Optional.of(
        new SystemAssigned(UUID.randomUUID().toString(), UUID.randomUUID().toString()));
  }

  /** With this identity; the id of one that is assigned already stays as it was written first. */
  public ResourceIdentity with(UserAssigned more) {
    return has(more.id())
        ? new ResourceIdentity(
            system, userAssigned.stream().map(one -> one.refreshed(more)).toList())
        : new ResourceIdentity(
            system, Stream.concat(userAssigned.stream(), Stream.of(more)).toList());
  }

  public ResourceIdentity without(Scope identity) {
    return new ResourceIdentity(
        system, userAssigned.stream().filter(one -> !one.id().isSame(identity)).toList());
  }

  public ResourceIdentity withoutUserAssigned() {
    return new ResourceIdentity(system, List.of());
  }
}
