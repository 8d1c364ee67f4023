package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.plan.Problem;
import org.jspecify.annotations.Nullable;

/** What Azure said to one call. */
public sealed interface Answer<T extends @Nullable Object> {
  /** By what the call can be found in Azure's Activity log. */
  Receipt receipt();

  /** It was done, or read. */
  record Done<T extends @Nullable Object>(T value, Receipt receipt) implements Answer<T> {}

  /** It was not, or nobody knows. */
  record Failed<T extends @Nullable Object>(Problem problem, Receipt receipt)
      implements Answer<T> {}
}
