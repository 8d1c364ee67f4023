package dev.managedidentity.operator.settings;

/** What becomes of pods that want an identity. */
public record PodSettings(
    @Property(
            syntax = Syntax.BOOLEAN,
            fallback = "true",
            description =
                "Whether pods with the label `azure.workload.identity/use: \"true\"` wait for an"
                    + " IdentityBinding when their service account has none, be it not yet or no"
                    + " longer. `false`: they start without an identity. Needs the webhook.")
        boolean waitForBinding) {}
