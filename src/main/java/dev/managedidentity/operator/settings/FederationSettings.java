package dev.managedidentity.operator.settings;

import org.jspecify.annotations.Nullable;

/**
 * Whose tokens Entra is told to accept.
 *
 * @param issuer exactly the {@code iss} of this cluster's service account tokens; null: ask the API
 *     server. Text, for Entra compares it letter by letter.
 */
public record FederationSettings(
    @Property(
            syntax = Syntax.ISSUER,
            description =
                "Issuer of this cluster's service account tokens, letter by letter as in their"
                    + " `iss` claim. Absent: discovered from the API server.")
        @Nullable String issuer,
    VerificationSettings verification) {}
