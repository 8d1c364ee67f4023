package dev.managedidentity.operator.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the API server asks the operator before it stores pods, ManagedIdentities and
 * IdentityBindings.
 *
 * @param host under which API servers know the webhook
 * @param name of the Secret and of the webhook configurations
 * @param certificateDirectory where somebody else keeps the certificate; null: the operator does
 */
public record WebhookSettings(
    @Property(
            syntax = Syntax.BOOLEAN,
            fallback = "false",
            description =
                "Whether the operator completes pods as they are created and holds those that"
                    + " cannot sign in yet, and refuses resources that could never work. See"
                    + " [Pods](../pods.md).")
        boolean enabled,
    @Property(
            syntax = Syntax.ADDRESS,
            fallback = "0.0.0.0",
            description = "Address on which the webhook is served.")
        String address,
    @Property(
            syntax = Syntax.PORT,
            fallback = "9443",
            description = "Port of the webhook. 0 takes any free port, which is logged.")
        int port,
    @Property(
            syntax = Syntax.HOST,
            fallback = "managed-identity-operator.managed-identity-operator.svc",
            description =
                "Name by which API servers reach the webhook, for which the certificate is made:"
                    + " `SERVICE.NAMESPACE.svc`.")
        String host,
    @Property(
            syntax = Syntax.OBJECT_NAME,
            fallback = "managed-identity-operator",
            description =
                "Name of the MutatingWebhookConfiguration and the ValidatingWebhookConfiguration"
                    + " that the operator puts its authority into. The Secret with its certificate,"
                    + " in the operator's namespace, has this name followed by `-webhook`.")
        String name,
    @Property(
            syntax = Syntax.DIRECTORY,
            description =
                "Folder in which somebody else, such as cert-manager, keeps the webhook's"
                    + " certificate as `tls.crt` and `tls.key`; read again every minute. The"
                    + " webhook configurations are theirs too then. Absent: the operator makes an"
                    + " authority and a certificate, and renews both.")
        @Nullable Path certificateDirectory) {}
