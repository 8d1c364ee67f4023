package dev.managedidentity.dev.build;

import static dev.managedidentity.dev.build.Right.on;

import dev.managedidentity.dev.build.Right.When;
import dev.managedidentity.dev.build.Right.Where;
import java.util.List;

/** All that the operator may do in Kubernetes: what the chart grants and the documents list. */
public final class Rights {
  /** In the chart's templates: the name of everything that there is once. */
  public static final String FULL_NAME = "{{ include \"operator.fullname\" . }}";

  private static final String OURS = "managedidentity.dev";
  private static final String[] WORKLOADS = {"deployments", "statefulsets", "daemonsets"};

  private Rights() {}

  /** Every right, those of the namespaces first. */
  public static List<Right> all() {
    return List.of(
        on(OURS, "managedidentities", "identitybindings")
            .may("get", "list", "watch", "patch")
            .because(
                "Watch what it works for; patch puts a finalizer on before the first write to"
                    + " Azure."),
        on(OURS, "managedidentities/status", "identitybindings/status")
            .may("patch")
            .because("Say how each stands, and remember what may exist in Azure."),
        on(OURS, "managedidentities", "identitybindings")
            .may("create", "delete")
            .because(
                "Give an annotated workload its identity, and take it back; bind the one that a"
                    + " workload owns; make and remove shards."),
        on("apps", WORKLOADS)
            .may("list", "watch")
            .because("Know which workloads there are and as which service account each runs."),
        on("batch", "jobs", "cronjobs").may("list", "watch").because("The same of jobs."),
        on("apps", WORKLOADS)
            .may("get", "patch")
            .because(
                "Restart workloads whose pods run with settings of the past, where a binding asks"
                    + " for it."),
        on("apps", "replicasets").may("get").because("Find the Deployment of such a pod."),
        on("", "pods")
            .may("list", "watch", "patch")
            .because(
                "Count the pods that use identities, and let those start that waited for one."),
        on("", "configmaps")
            .only(When.WEBHOOK)
            .may("list", "watch", "create", "patch", "delete")
            .because("Tell pods the client ids of their identities."),
        on("", "serviceaccounts")
            .may("list", "watch", "patch", "create")
            .because(
                "Annotate the service accounts that bindings name; create them where a binding asks"
                    + " for it."),
        on("", "serviceaccounts/token")
            .only(When.VERIFICATION)
            .may("create")
            .because(
                "Prove that bindings work, with a token as a pod would have it; an admission policy"
                    + " sets its limits."),
        on("events.k8s.io", "events").may("create").because("Tell people what was done."),
        on("", "namespaces")
            .in(Where.CLUSTER)
            .may("get", "list", "watch")
            .because(
                "Labels decide which namespaces an identity allows; the UID of kube-system is the"
                    + " cluster's id."),
        on(
                "admissionregistration.k8s.io",
                "mutatingwebhookconfigurations",
                "validatingwebhookconfigurations")
            .in(Where.CLUSTER)
            .only(When.OWN_CERTIFICATE)
            .named(FULL_NAME)
            .may("get", "patch")
            .because("Make API servers trust the webhook's certificate."),
        on("", "secrets")
            .in(Where.OWN)
            .only(When.OWN_CERTIFICATE)
            .named(FULL_NAME + "-webhook")
            .may("get", "list", "watch", "patch")
            .because("Keep the webhook's certificate for all replicas."),
        on("", "secrets")
            .in(Where.OWN)
            .only(When.OWN_CERTIFICATE)
            .may("create")
            .because("Make that Secret: a name cannot limit create."),
        on("coordination.k8s.io", "leases")
            .in(Where.OWN)
            .named(FULL_NAME)
            .may("get", "update", "patch")
            .because(
                "Agree with other replicas on the one that works. Written by patch; the SDK insists"
                    + " on update."),
        on("coordination.k8s.io", "leases")
            .in(Where.OWN)
            .may("create")
            .because("Make that Lease: a name cannot limit create."));
  }
}
