package dev.managedidentity.operator.settings;

/** Where probes and metrics are served. */
public record HttpSettings(
    @Property(
            syntax = Syntax.ADDRESS,
            fallback = "0.0.0.0",
            description =
                "Address on which probes and metrics are served. `0.0.0.0` is every address of the"
                    + " pod, IPv6 too; the kubelet and Prometheus come from outside the pod.")
        String address,
    @Property(
            syntax = Syntax.PORT,
            fallback = "8080",
            description =
                "Port of `/healthz`, `/readyz` and `/metrics`. 0 takes any free port, which is"
                    + " logged.")
        int port) {}
