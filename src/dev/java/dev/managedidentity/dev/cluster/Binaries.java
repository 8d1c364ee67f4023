package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.programs.PinnedModule;
import dev.managedidentity.dev.programs.Programs;
import java.nio.file.Path;
import java.util.List;

/** The three programs a control plane consists of. */
public record Binaries(Path etcd, Path apiServer, Path controllerManager) {
  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  static final String CONTROLLER_MANAGER = "kube-controller-manager";
  static final List<String> NAMES = List.of(ETCD, API_SERVER, CONTROLLER_MANAGER);

  private static final String KUBERNETES = "k8s.io/kubernetes";
  private static final String ETCD_SERVER = "go.etcd.io/etcd/server/v3";

  static Binaries in(Path folder) {
    return new Binaries(
        folder.resolve(ETCD), folder.resolve(API_SERVER), folder.resolve(CONTROLLER_MANAGER));
  }

  /** How they are built from the module that pins their versions. */
  static Programs from(PinnedModule module) {
    var kubernetes = module.versionOf(KUBERNETES);
    var etcd = module.versionOf(ETCD_SERVER);
    return new Programs(
        "Kubernetes " + kubernetes + " and etcd " + etcd,
        String.join("-", "control-plane", kubernetes, "etcd", etcd),
        module,
        List.of(
            new Programs.Program(ETCD, ETCD_SERVER),
            new Programs.Program(API_SERVER, KUBERNETES + "/cmd/kube-apiserver"),
            new Programs.Program(CONTROLLER_MANAGER, KUBERNETES + "/cmd/kube-controller-manager")),
        linkerFlags(kubernetes));
  }

  /** The version is what the API server will report. */
  private static String linkerFlags(String kubernetes) {
    var version = "k8s.io/component-base/version.";
    var parts = kubernetes.substring(1).split("\\.", 3);
    return String.join(
        " ",
        Programs.SMALL,
        "-X " + version + "gitVersion=" + kubernetes,
        "-X " + version + "gitMajor=" + parts[0],
        "-X " + version + "gitMinor=" + parts[1]);
  }
}
