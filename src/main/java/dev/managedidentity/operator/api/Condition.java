package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A condition with the meaning that Kubernetes gives it everywhere. */
@JsonClassDescription("One statement about the resource.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @Required @JsonPropertyDescription("Ready, Reconciling or Stalled.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("Generation of the spec that the condition speaks of.")
        @Nullable Long observedGeneration,
    @Required
        @JsonPropertyDescription("When the condition last changed from one status to another.")
        String lastTransitionTime,
    @Required @JsonPropertyDescription("Why, as one stable word.") String reason,
    @Required @JsonPropertyDescription("Why, and what to do, as a sentence.") String message) {}
