package dev.managedidentity.operator.azure;

import org.jspecify.annotations.Nullable;

/**
 * By what a call can be found again: Azure's Activity log lists operations by correlation id.
 *
 * @param correlationId {@code x-ms-correlation-request-id} of the answer; null when none came
 */
public record Receipt(@Nullable String correlationId) {
  /** No answer came, or none was needed. */
  public static final Receipt NONE = new Receipt(null);
}
