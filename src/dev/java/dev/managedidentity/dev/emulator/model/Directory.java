package dev.managedidentity.dev.emulator.model;

import java.util.List;
import java.util.Optional;

/** The service principals of the tenant, found by object id or by client id. */
public final class Directory {
  private final Table<Principal> byObjectId = new Table<>();
  private final Table<Principal> byClientId = new Table<>();

  public void put(Principal principal) {
    byObjectId.put(principal.objectId(), principal);
    byClientId.put(principal.clientId(), principal);
  }

  public Optional<Principal> byObjectId(String objectId) {
    return byObjectId.find(objectId);
  }

  public Optional<Principal> byClientId(String clientId) {
    return byClientId.find(clientId);
  }

  public void remove(String objectId) {
    byObjectId.remove(objectId).ifPresent(principal -> byClientId.remove(principal.clientId()));
  }

  public List<Principal> all() {
    return byObjectId.all();
  }
}
