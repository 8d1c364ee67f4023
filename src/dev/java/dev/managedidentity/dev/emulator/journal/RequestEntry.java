package dev.managedidentity.dev.emulator.journal;

import java.time.Instant;

/**
 * One request and its end.
 *
 * @param status what the client was sent; 0 when the connection was cut
 * @param effectStatus what the operation itself came to, even if the client was never told
 * @param clientRequestId the client's own id, empty when it sent none
 * @param caller the object id of the caller, empty when unknown
 */
public record RequestEntry(
    Instant time,
    String method,
    String path,
    String operation,
    int status,
    int effectStatus,
    String clientRequestId,
    String correlationId,
    String caller) {}
