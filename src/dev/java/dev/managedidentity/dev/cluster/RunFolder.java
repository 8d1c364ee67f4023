package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.process.FolderRemover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one running control plane; they are gone when it is closed or when this JVM ends,
 * however that happens.
 */
final class RunFolder implements AutoCloseable {

  /** Waits for the end of a pipe that only this JVM holds, then removes the folder. */
  private static final String GUARD =
      """
      trap '' HUP INT TERM
      while read -r line; do :; done
      for attempt in 1 2 3 4 5; do
        rm -rf "$1" && exit 0
        sleep 1
      done
      """;

  private final Path folder;
  private final Process guard;

  private RunFolder(Path folder, Process guard) {
    this.folder = folder;
    this.guard = guard;
  }

  /** A new folder that only this user can read. */
  static RunFolder create() {
    try {
      var folder = Files.createTempDirectory("managed-identity-control-plane-");
      var guard =
          new ProcessBuilder("/bin/sh", "-c", GUARD, "guard", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new RunFolder(folder, guard);
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder for a control plane", e);
    }
  }

  Path path() {
    return folder;
  }

  Path etcdData() {
    return folder.resolve("etcd");
  }

  Path authorityCertificate() {
    return folder.resolve("ca.crt");
  }

  Path apiServerCertificate() {
    return folder.resolve("apiserver.crt");
  }

  Path apiServerKey() {
    return folder.resolve("apiserver.key");
  }

  Path serviceAccountKey() {
    return folder.resolve("service-account.key");
  }

  Path adminKubeconfig() {
    return folder.resolve("kubeconfig");
  }

  Path kubeconfig(String user) {
    return folder.resolve("kubeconfig-" + user);
  }

  Path log(String program) {
    return folder.resolve(program + ".log");
  }

  /** Makes a folder in this one. */
  Path create(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one of the files above and gives it back. */
  Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    guard.onExit().join();
    FolderRemover.remove(folder);
  }
}
