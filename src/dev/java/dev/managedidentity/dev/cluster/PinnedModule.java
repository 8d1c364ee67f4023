package dev.managedidentity.dev.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The Go module that pins what the control plane is built from, down to the hash of each source.
 */
record PinnedModule(Path folder, String goMod, String goSum) {

  private static final String KUBERNETES = "k8s.io/kubernetes";
  private static final String ETCD = "go.etcd.io/etcd/server/v3";

  static PinnedModule read(Path folder) {
    try {
      return new PinnedModule(
          folder,
          Files.readString(folder.resolve("go.mod")),
          Files.readString(folder.resolve("go.sum")));
    } catch (IOException e) {
      throw new ControlPlaneFailedException(
          folder + " holds no go.mod and go.sum: run from the root of the repository", e);
    }
  }

  String kubernetesVersion() {
    return versionOf(KUBERNETES);
  }

  String etcdVersion() {
    return versionOf(ETCD);
  }

  /** The packages to build, in the order of {@link #programs()}. */
  List<String> packages() {
    return List.of(
        ETCD, KUBERNETES + "/cmd/kube-apiserver", KUBERNETES + "/cmd/kube-controller-manager");
  }

  /** What Go calls the programs it builds: etcd's has the name of its folder. */
  List<String> programs() {
    return List.of("server", Binaries.API_SERVER, Binaries.CONTROLLER_MANAGER);
  }

  /** What the linker gets: no debug tables, and the version that the API server will report. */
  String linkerFlags() {
    var version = "k8s.io/component-base/version.";
    var parts = kubernetesVersion().substring(1).split("\\.", 3);
    return String.join(
        " ",
        "-s -w",
        "-X " + version + "gitVersion=" + kubernetesVersion(),
        "-X " + version + "gitMajor=" + parts[0],
        "-X " + version + "gitMinor=" + parts[1]);
  }

  /** A folder name that differs whenever the programs would. */
  String cacheKey(String operatingSystem, String architecture) {
    return String.join(
        "-",
        "control-plane",
        kubernetesVersion(),
        "etcd",
        etcdVersion(),
        plain(operatingSystem),
        plain(architecture),
        hash().substring(0, 12));
  }

  private String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : List.of(goMod, goSum, linkerFlags())) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private String versionOf(String module) {
    var line = Pattern.compile("(?m)^(?:require)?\\s*" + Pattern.quote(module) + " (v\\d\\S+)");
    var found = line.matcher(goMod);
    if (!found.find()) {
      throw new IllegalArgumentException(folder.resolve("go.mod") + " does not require " + module);
    }
    return found.group(1);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
  }
}
