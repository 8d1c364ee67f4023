package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A ManagedIdentity by name. */
public record IdentityRef(
    @Required
        @Size(max = KubernetesNames.OBJECT_LENGTH)
        @ValidationRule(value = KubernetesNames.OBJECT, message = KubernetesNames.OBJECT_MESSAGE)
        @JsonPropertyDescription("Name of the ManagedIdentity.")
        String name,
    @Size(max = KubernetesNames.NAMESPACE_LENGTH)
        @ValidationRule(
            value = KubernetesNames.NAMESPACE,
            message = KubernetesNames.NAMESPACE_MESSAGE)
        @JsonPropertyDescription(
            "Namespace of the ManagedIdentity, whose allowedNamespaces must include this one."
                + " Default: the namespace of the binding.")
        @Nullable String namespace) {}
