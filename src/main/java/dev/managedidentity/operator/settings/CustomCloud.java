package dev.managedidentity.operator.settings;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Endpoints of an Azure that is none of the well-known clouds. */
public record CustomCloud(
    @Property(
            syntax = Syntax.HTTPS_URL,
            description =
                "Where Microsoft Entra ID issues tokens. Required with `azure.cloud: Custom`.")
        URI authorityHost,
    @Property(
            syntax = Syntax.HTTPS_URL,
            description =
                "Where Azure Resource Manager answers. Required with `azure.cloud: Custom`.")
        URI resourceManagerEndpoint,
    @Property(
            syntax = Syntax.HTTPS_URL,
            description =
                "Audience of the tokens for Azure Resource Manager. Required with `azure.cloud:"
                    + " Custom`.")
        URI resourceManagerAudience,
    @Property(
            syntax = Syntax.AUDIENCE,
            fallback = "api://AzureADTokenExchange",
            description =
                "Audience of the service account tokens that are exchanged, where a binding names"
                    + " none. The well-known clouds have their own.")
        String federationAudience,
    @Property(
            syntax = Syntax.CERTIFICATE_FILE,
            description =
                "PEM file of certificate authorities to trust besides those that Java trusts.")
        @Nullable Path caFile) {}
