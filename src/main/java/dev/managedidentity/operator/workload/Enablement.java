package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.plan.Problem;

/** What is to be done about the identity that a workload asks for, or not, by its annotation. */
sealed interface Enablement {
  /** Nothing; what may change that is an event. */
  record Settled() implements Enablement {}

  /** Nothing; somebody made the identity without the annotation, and may delete it unseen. */
  record Served() implements Enablement {}

  /** Create the ManagedIdentity. */
  record Enable() implements Enablement {}

  /** Delete the ManagedIdentity with this uid, which was created for the annotation. */
  record Disable(String uid) implements Enablement {}

  /** Nothing can be done, and nothing may tell when it can. */
  record Refused(Problem problem) implements Enablement {}
}
