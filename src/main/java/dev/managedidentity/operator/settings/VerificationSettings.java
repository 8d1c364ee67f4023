package dev.managedidentity.operator.settings;

import java.time.Duration;

/**
 * Whether and how often the operator tries what bindings promise.
 *
 * @param interval how long a proof counts
 */
public record VerificationSettings(
    @Property(
            syntax = Syntax.BOOLEAN,
            fallback = "true",
            description =
                "Whether the operator tries every binding: it asks the API server for a token of"
                    + " the service account, exchanges it at Microsoft Entra ID, and asks Azure"
                    + " what the identity may do. `false`: the conditions `TokenExchangeVerified`"
                    + " and `RolesEffective` are `Unknown`, and the operator needs no right to"
                    + " create tokens.")
        boolean enabled,
    @Property(
            syntax = Syntax.INTERVAL,
            fallback = "6h",
            description =
                "How long such a proof counts. A binding is tried again after this time, and at"
                    + " once when its issuer or identity has changed.")
        Duration interval) {}
