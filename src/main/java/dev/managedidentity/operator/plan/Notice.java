package dev.managedidentity.operator.plan;

import java.time.Instant;

/**
 * What people are told that is neither a write to Azure nor a change by others.
 *
 * @param reason as a stable word
 * @param words a sentence that says what is so, and what to do
 * @param isWarning whether somebody should look
 */
public record Notice(String reason, String words, boolean isWarning, Instant time) {}
