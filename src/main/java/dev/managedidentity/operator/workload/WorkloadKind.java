package dev.managedidentity.operator.workload;

import dev.managedidentity.operator.api.Annotations;
import dev.managedidentity.operator.api.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of workload that the operator watches: what it reads of one, and one that holds no more
 * than that.
 */
record WorkloadKind<W extends HasMetadata>(
    Class<W> type, Function<W, PodTemplateSpec> template, Function<PodTemplateSpec, W> bare) {
  static final WorkloadKind<Deployment> DEPLOYMENT =
      new WorkloadKind<>(
          Deployment.class,
          deployment -> deployment.getSpec().getTemplate(),
          template ->
              new DeploymentBuilder().withNewSpec().withTemplate(template).endSpec().build());

  static final WorkloadKind<StatefulSet> STATEFUL_SET =
      new WorkloadKind<>(
          StatefulSet.class,
          set -> set.getSpec().getTemplate(),
          template ->
              new StatefulSetBuilder().withNewSpec().withTemplate(template).endSpec().build());

  static final WorkloadKind<DaemonSet> DAEMON_SET =
      new WorkloadKind<>(
          DaemonSet.class,
          set -> set.getSpec().getTemplate(),
          template ->
              new DaemonSetBuilder().withNewSpec().withTemplate(template).endSpec().build());

  static final WorkloadKind<Job> JOB =
      new WorkloadKind<>(
          Job.class,
          job -> job.getSpec().getTemplate(),
          template -> new JobBuilder().withNewSpec().withTemplate(template).endSpec().build());

  static final WorkloadKind<CronJob> CRON_JOB =
      new WorkloadKind<>(
          CronJob.class,
          job -> job.getSpec().getJobTemplate().getSpec().getTemplate(),
          template ->
              new CronJobBuilder()
                  .withNewSpec()
                  .withNewJobTemplate()
                  .withNewSpec()
                  .withTemplate(template)
                  .endSpec()
                  .endJobTemplate()
                  .endSpec()
                  .build());

  static final List<WorkloadKind<?>> ALL =
      List.of(DEPLOYMENT, STATEFUL_SET, DAEMON_SET, JOB, CRON_JOB);

  private static final String FINISHED = "Complete";
  private static final List<String> LAST_CONDITIONS = List.of(FINISHED, "Failed");

  /** The moment is not kept, only that there was one. */
  private static final String SOME_TIME = "1970-01-01T00:00:00Z";

  String apiVersion() {
    return HasMetadata.getApiVersion(type);
  }

  String kind() {
    return HasMetadata.getKind(type);
  }

  boolean isOf(WorkloadRef ref) {
    return ref.kind().equals(kind()) && ref.apiVersion().equals(apiVersion());
  }

  Workload read(W object) {
    return Workload.of(
        object,
        new WorkloadRef(apiVersion(), kind(), object.getMetadata().getName()),
        template.apply(object).getSpec().getServiceAccountName(),
        object instanceof Job job && isFinished(job));
  }

  private static boolean isFinished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .filter(condition -> "True".equals(condition.getStatus()))
            .anyMatch(condition -> LAST_CONDITIONS.contains(condition.getType()));
  }

  /** An object of which {@link #read} reads this, with nothing else in it. */
  W bare(Workload workload, String resourceVersion) {
    var object =
        bare.apply(
            new PodTemplateSpecBuilder()
                .withNewSpec()
                .withServiceAccountName(workload.serviceAccount())
                .endSpec()
                .build());
    object.setMetadata(metadata(workload, resourceVersion));
    if (object instanceof Job job && workload.isFinished()) {
      job.setStatus(
          new JobBuilder()
              .withNewStatus()
              .addNewCondition()
              .withType(FINISHED)
              .withStatus("True")
              .endCondition()
              .endStatus()
              .buildStatus());
    }
    return object;
  }

  private static ObjectMeta metadata(Workload workload, String resourceVersion) {
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(workload.namespace())
            .withName(workload.ref().name())
            .withUid(workload.uid())
            .withResourceVersion(resourceVersion);
    if (workload.isSystemAssigned()) {
      metadata.addToAnnotations(Annotations.SYSTEM_ASSIGNED, "true");
    }
    if (workload.isDeleting()) {
      metadata.withDeletionTimestamp(SOME_TIME);
    }
    var controller = workload.controller();
    if (controller != null) {
      metadata
          .addNewOwnerReference()
          .withApiVersion(controller.apiVersion())
          .withKind(controller.kind())
          .withName(controller.name())
          .withController(true)
          .endOwnerReference();
    }
    return metadata.build();
  }
}
