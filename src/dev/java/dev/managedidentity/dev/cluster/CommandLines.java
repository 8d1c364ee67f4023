package dev.managedidentity.dev.cluster;

import static java.util.stream.Collectors.toSet;

import dev.managedidentity.dev.process.ProcessCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of the three servers of one control plane. */
record CommandLines(Binaries binaries, RunFolder folder, Endpoints endpoints) {

  /** What people see a cluster do; nothing of nodes, volumes, networks or clouds. */
  private static final List<String> CONTROLLERS =
      List.of(
          "serviceaccount-controller",
          "serviceaccount-token-controller",
          "root-ca-certificate-publisher-controller",
          "namespace-controller",
          "garbage-collector-controller",
          "resourcequota-controller",
          "clusterrole-aggregation-controller",
          "validatingadmissionpolicy-status-controller",
          "deployment-controller",
          "replicaset-controller",
          "statefulset-controller",
          "job-controller",
          "cronjob-controller");

  ProcessCommand etcd() {
    return command(
        binaries.etcd(),
        List.of(
            "--name=default",
            "--data-dir=" + folder.etcdData(),
            "--listen-client-urls=" + endpoints.etcd(),
            "--advertise-client-urls=" + endpoints.etcd(),
            "--listen-peer-urls=" + endpoints.etcdPeers(),
            "--initial-advertise-peer-urls=" + endpoints.etcdPeers(),
            "--initial-cluster=default=" + endpoints.etcdPeers(),
            "--unsafe-no-fsync",
            "--log-level=warn"));
  }

  /** A usual flag gives way to a further one of its name, for some add up when given twice. */
  ProcessCommand apiServer(List<String> furtherFlags) {
    var flags = new ArrayList<String>();
    flags.addAll(
        List.of(
            "--etcd-servers=" + endpoints.etcd(),
            "--bind-address=" + Endpoints.ADDRESS,
            "--secure-port=" + endpoints.apiServerPort(),
            // without these two a machine that has no default route could not start it
            "--advertise-address=" + Endpoints.ADDRESS,
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + folder.path(),
            "--tls-cert-file=" + folder.apiServerCertificate(),
            "--tls-private-key-file=" + folder.apiServerKey(),
            "--client-ca-file=" + folder.authorityCertificate(),
            "--authorization-mode=RBAC",
            "--allow-privileged=true",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--max-requests-inflight=2000",
            "--max-mutating-requests-inflight=1000"));
    flags.addAll(serviceAccountFlags());
    var given = furtherFlags.stream().map(CommandLines::name).collect(toSet());
    flags.removeIf(flag -> given.contains(name(flag)));
    flags.addAll(furtherFlags);
    return command(binaries.apiServer(), flags);
  }

  private List<String> serviceAccountFlags() {
    return List.of(
        "--service-account-issuer=" + endpoints.apiServer(),
        "--service-account-jwks-uri=" + endpoints.serviceAccountKeys(),
        "--service-account-key-file=" + folder.serviceAccountKey(),
        "--service-account-signing-key-file=" + folder.serviceAccountKey(),
        "--service-account-extend-token-expiration=false");
  }

  private static String name(String flag) {
    return flag.split("=", 2)[0];
  }

  ProcessCommand controllerManager() {
    return command(
        binaries.controllerManager(),
        List.of(
            "--kubeconfig=" + folder.kubeconfig(Binaries.CONTROLLER_MANAGER),
            "--service-account-private-key-file=" + folder.serviceAccountKey(),
            "--root-ca-file=" + folder.authorityCertificate(),
            "--use-service-account-credentials=true",
            "--controllers=" + String.join(",", CONTROLLERS),
            "--leader-elect=false",
            "--secure-port=0",
            "--kube-api-qps=500",
            "--kube-api-burst=1000"));
  }

  private ProcessCommand command(Path program, List<String> flags) {
    var words = new ArrayList<String>();
    words.add(program.toAbsolutePath().toString());
    words.addAll(flags);
    return new ProcessCommand(
        String.valueOf(program.getFileName()), words, folder.path(), Map.of());
  }
}
