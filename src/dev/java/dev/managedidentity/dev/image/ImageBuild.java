package dev.managedidentity.dev.image;

import com.google.cloud.tools.jib.api.JibContainer;
import dev.managedidentity.dev.process.FolderRemover;
import dev.managedidentity.dev.rig.OperatorProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the image from what Maven has built.
 *
 * @param folder for its files; emptied first
 * @param narrator is told what is being done
 */
public record ImageBuild(Path folder, Consumer<String> narrator) {
  /** The software bill of materials, as Maven writes it. */
  private static final Path BILL = Path.of("target", "bom.json");

  /**
   * Writes the image.
   *
   * @param base name of an image in a registry to build on; empty to build on nothing, with the C
   *     library of this machine
   */
  public JibContainer write(Path tar, Optional<String> base) throws InterruptedException {
    FolderRemover.remove(folder);
    var files = new ImageFiles(folder.toAbsolutePath().resolve("root"));
    var jar = OperatorProcess.jar();
    narrator.accept("Java runtime, with what the operator needs of it");
    files.linkRuntime();
    files.copyOperator(jar);
    files.copy(BILL, ContainerCommand.APPLICATION + "/bom.json");
    if (base.isEmpty()) {
      narrator.accept("C library of this machine");
      new CLibrary(files).copy();
    }
    files.setTimes();
    narrator.accept("AOT cache, of a run against a control plane and the emulator");
    new Training(files).run(files.at(ContainerCommand.AOT_CACHE));
    files.setTimes();
    narrator.accept(tar.toString());
    return new ImageArchive(files, version(jar), base).write(tar, folder.resolve("cache"));
  }

  /** Ways to start the operator from the files that were packed, with and without the cache. */
  public Map<String, List<String>> commands() {
    var root = folder.toAbsolutePath().resolve("root");
    var cache = ContainerCommand.at(root, ContainerCommand.AOT_CACHE);
    return new TreeMap<>(
        Map.of(
            "image", ContainerCommand.in(root, "-XX:AOTCache=" + cache),
            "image, cache left out", ContainerCommand.in(root, "-XX:AOTMode=off")));
  }

  private static String version(Path jar) {
    return jar.getFileName().toString().replaceAll("^managed-identity-operator-|\\.jar$", "");
  }
}
