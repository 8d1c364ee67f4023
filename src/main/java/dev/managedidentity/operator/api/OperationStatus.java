package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One write to Azure, as Azure's Activity log can be searched for it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperationStatus(
    @JsonPropertyDescription("What was done, such as WriteIdentity.") String verb,
    @JsonPropertyDescription("Resource id of the Azure object.") String target,
    @JsonPropertyDescription("When Azure answered.") String time,
    @JsonPropertyDescription("Correlation id of the call in Azure's Activity log.")
        @Nullable String correlationId,
    @JsonPropertyDescription("Succeeded, or the reason of the failure.") String result) {}
