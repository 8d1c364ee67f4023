package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;

/** What Azure said to one call. */
public sealed interface Answer<T> {
  /** By what the call can be found in Azure's Activity log. */
  Receipt receipt();

  /** It was done, or read. */
  record Done<T>(T value, Receipt receipt) implements Answer<T> {}

  /** It was not, or nobody knows. */
  record Failed<T>(Problem problem, Receipt receipt) implements Answer<T> {}
}
