package dev.managedidentity.dev.emulator.control;

import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.RoleAssignment;
import java.util.List;

/** What exists at one moment, without what the emulator was started with. */
public record Snapshot(
    List<Identity> identities,
    List<Credential> credentials,
    List<RoleAssignment> roleAssignments,
    List<AzureResource> resources) {

  public Snapshot {
    identities = List.copyOf(identities);
    credentials = List.copyOf(credentials);
    roleAssignments = List.copyOf(roleAssignments);
    resources = List.copyOf(resources);
  }

  static Snapshot of(Cloud cloud, Seed seed) {
    return cloud.atomically(
        () ->
            new Snapshot(
                cloud.identities(),
                cloud.credentials(),
                cloud.grants().all().stream()
                    .filter(a -> !a.grant().principalId().equals(seed.operator().objectId()))
                    .toList(),
                cloud.resources().all()));
  }

  public int size() {
    return identities.size() + credentials.size() + roleAssignments.size() + resources.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }
}
