package dev.managedidentity.dev.emulator.journal;

import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Instant;

/**
 * One event of the Activity log.
 *
 * @param operationName the Azure action, such as {@code
 *     Microsoft.ManagedIdentity/userAssignedIdentities/write}
 * @param status Succeeded or Failed
 */
public record ActivityEntry(
    String eventId,
    Instant eventTimestamp,
    String operationName,
    String status,
    int httpStatus,
    String correlationId,
    String operationId,
    Scope resourceId,
    String caller) {}
