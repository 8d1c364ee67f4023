package dev.managedidentity.operator.settings;

import java.time.Duration;

/** How often Azure is listed to find what somebody else changed. */
public record InventorySettings(
    @Property(
            syntax = Syntax.INTERVAL,
            fallback = "60s",
            description =
                "How often identities are listed. What was changed or deleted behind the"
                    + " operator's back is found and repaired after at most this time. Every"
                    + " interval is jittered.")
        Duration identities,
    @Property(
            syntax = Syntax.INTERVAL,
            fallback = "6h",
            description =
                "How often the federated credentials of each identity are listed: one call or more"
                    + " an identity.")
        Duration credentials,
    @Property(
            syntax = Syntax.INTERVAL,
            fallback = "30m",
            description = "How often role assignments are listed.")
        Duration roleAssignments,
    @Property(
            syntax = Syntax.INTERVAL,
            fallback = "30m",
            description =
                "How often it is checked that Azure resources still have the identities that were"
                    + " assigned to them.")
        Duration resources) {}
