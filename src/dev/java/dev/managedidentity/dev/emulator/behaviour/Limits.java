package dev.managedidentity.dev.emulator.behaviour;

/**
 * The numbers at which Azure says no or turns the page.
 *
 * @param pageSize the most items that one page of a list has
 * @param credentialsPerIdentity the most federated credentials that an identity has
 * @param roleAssignmentsPerSubscription the most role assignments in a subscription
 */
public record Limits(int pageSize, int credentialsPerIdentity, int roleAssignmentsPerSubscription) {

  public static final Limits OF_AZURE = new Limits(100, 20, 4000);

  public Limits {
    if (pageSize < 1 || credentialsPerIdentity < 0 || roleAssignmentsPerSubscription < 0) {
      throw new IllegalArgumentException(
          "A page has at least one item, and no limit is below zero: give %d, %d, %d other values"
              .formatted(pageSize, credentialsPerIdentity, roleAssignmentsPerSubscription));
    }
  }

  public Limits withPageSize(int items) {
    return new Limits(items, credentialsPerIdentity, roleAssignmentsPerSubscription);
  }

  public Limits withCredentialsPerIdentity(int most) {
    return new Limits(pageSize, most, roleAssignmentsPerSubscription);
  }

  public Limits withRoleAssignmentsPerSubscription(int most) {
    return new Limits(pageSize, credentialsPerIdentity, most);
  }
}
