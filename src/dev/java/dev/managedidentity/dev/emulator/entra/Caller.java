package dev.managedidentity.dev.emulator.entra;

import java.time.Instant;

/** Whom a verified access token belongs to. */
public record Caller(String objectId, String clientId, String audience, Instant expiry) {}
