package dev.managedidentity.dev.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The three programs a control plane consists of, all present and executable. */
public record Binaries(Path etcd, Path apiServer, Path controllerManager) {

  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  static final String CONTROLLER_MANAGER = "kube-controller-manager";
  static final List<String> NAMES = List.of(ETCD, API_SERVER, CONTROLLER_MANAGER);

  /** The programs in this folder, or empty when one is missing. */
  public static Optional<Binaries> in(Path folder) {
    return missingIn(folder).isEmpty()
        ? Optional.of(
            new Binaries(
                folder.resolve(ETCD),
                folder.resolve(API_SERVER),
                folder.resolve(CONTROLLER_MANAGER)))
        : Optional.empty();
  }

  /** The names of the programs that this folder lacks. */
  static List<String> missingIn(Path folder) {
    return NAMES.stream().filter(name -> !isProgram(folder.resolve(name))).toList();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
