package dev.managedidentity.dev.emulator.behaviour;

import java.time.Duration;

/**
 * How long what was written is not yet seen elsewhere.
 *
 * @param credentials until the token endpoint knows a new or changed federated credential
 * @param roleAssignments until a new role assignment counts
 * @param principals until the directory knows a new principal
 * @param groupDeletion until the deletion of a resource group is over
 */
public record Propagation(
    Duration credentials, Duration roleAssignments, Duration principals, Duration groupDeletion) {

  public static final Propagation IMMEDIATE =
      new Propagation(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public Propagation withCredentials(Duration delay) {
    return new Propagation(delay, roleAssignments, principals, groupDeletion);
  }

  public Propagation withRoleAssignments(Duration delay) {
    return new Propagation(credentials, delay, principals, groupDeletion);
  }

  public Propagation withPrincipals(Duration delay) {
    return new Propagation(credentials, roleAssignments, delay, groupDeletion);
  }

  public Propagation withGroupDeletion(Duration delay) {
    return new Propagation(credentials, roleAssignments, principals, delay);
  }
}
