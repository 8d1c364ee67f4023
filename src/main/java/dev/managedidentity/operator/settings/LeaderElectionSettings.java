package dev.managedidentity.operator.settings;

/** Which of several replicas works. */
public record LeaderElectionSettings(
    @Property(
            syntax = Syntax.BOOLEAN,
            fallback = "true",
            description =
                "Whether a replica works only while it holds the lease. `false` is for a single"
                    + " replica that shall not wait for the lease of one that was killed.")
        boolean enabled,
    @Property(
            syntax = Syntax.OBJECT_NAME,
            fallback = "managed-identity-operator",
            description = "Name of the Lease, in the operator's namespace.")
        String lease) {}
