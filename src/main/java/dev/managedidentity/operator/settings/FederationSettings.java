package dev.managedidentity.operator.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens Entra is told to accept.
 *
 * @param issuer exactly the {@code iss} of this cluster's service account tokens; null: ask the API
 *     server. Text, for Entra compares it letter by letter.
 * @param additionalIssuers whose tokens are accepted besides, as the same kind of text
 * @param issuerGracePeriod how long the credential of a former issuer stays after that of the new
 *     one was proven
 */
public record FederationSettings(
    @Property(
            syntax = Syntax.ISSUER,
            description =
                "Issuer of this cluster's service account tokens, letter by letter as in their"
                    + " `iss` claim. Absent: discovered from the API server. See"
                    + " [The issuer](../operations/issuer.md).")
        @Nullable String issuer,
    @Property(
            syntax = Syntax.ISSUERS,
            fallback = "[]",
            description =
                "Further issuers of this cluster's service account tokens, such as the one that a"
                    + " [planned rotation](../operations/issuer.md#a-planned-rotation) leads to."
                    + " Every binding of a service account has a credential for each of them too."
                    + " The environment variable takes a JSON list, which replaces the file's.")
        List<String> additionalIssuers,
    @Property(
            syntax = Syntax.GRACE_PERIOD,
            fallback = "24h",
            description =
                "How long the credential of a former issuer stays after that of the new one was"
                    + " proven: as long as pods may still hold tokens of the former one. A token"
                    + " of a pod lives for at most 24 hours.")
        Duration issuerGracePeriod,
    VerificationSettings verification) {
  public FederationSettings {
    additionalIssuers = List.copyOf(additionalIssuers);
  }
}
