package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A workload of the identity's own namespace: anything that has a pod template. */
public record WorkloadRef(
    @Required
        @Size(max = 317)
        @ValidationRule(
            value = "self.matches('^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?v[a-z0-9]{1,62}$')",
            message = "apiVersion is a group and a version, such as apps/v1")
        @JsonPropertyDescription("API version of the workload, such as apps/v1.")
        String apiVersion,
    @Required
        @Size(max = 63)
        @ValidationRule(
            value = "self.matches('^[A-Z][a-zA-Z0-9]{0,62}$')",
            message = "kind is the kind of a workload, such as Deployment")
        @JsonPropertyDescription(
            "Kind of the workload: Deployment, StatefulSet, DaemonSet, Job, CronJob, or any other"
                + " with a pod template that the operator may read.")
        String kind,
    @Required
        @Size(max = KubernetesNames.OBJECT_LENGTH)
        @ValidationRule(value = KubernetesNames.OBJECT, message = KubernetesNames.OBJECT_MESSAGE)
        @JsonPropertyDescription("Name of the workload. It may be created later.")
        String name) {

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
