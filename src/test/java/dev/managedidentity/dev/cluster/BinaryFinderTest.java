package dev.managedidentity.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.managedidentity.dev.programs.BuildFailedException;
import dev.managedidentity.dev.programs.PinnedModule;
import dev.managedidentity.dev.programs.ProgramCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryFinderTest {

  private static final Path MODULE = Path.of("src/dev/cluster");

  private final List<String> said = new ArrayList<>();

  @Test
  void completeAssetsAreUsed(@TempDir Path assets) throws IOException {
    fill(assets, Binaries.NAMES);

    var found = finder(Map.of("KUBEBUILDER_ASSETS", assets.toString())).find();

    assertThat(found.controllerManager()).isEqualTo(assets.resolve("kube-controller-manager"));
    assertThat(said).isEmpty();
  }

  @Test
  void incompleteAssetsAreNamedAndTheCacheIsUsed(@TempDir Path assets, @TempDir Path cache)
      throws IOException {
    fill(assets, List.of(Binaries.ETCD, Binaries.API_SERVER));
    var cached = fillCache(cache);

    var found =
        finder(Map.of("KUBEBUILDER_ASSETS", assets.toString(), "XDG_CACHE_HOME", cache.toString()))
            .find();

    assertThat(found.etcd()).isEqualTo(cached.resolve("etcd"));
    assertThat(said).hasSize(1).first().asString().contains("has no kube-controller-manager");
  }

  @Test
  void withoutGoTheErrorSaysWhatToInstall(@TempDir Path cache, @TempDir Path path) {
    var finder = finder(Map.of("XDG_CACHE_HOME", cache.toString(), "PATH", path.toString()));

    assertThatThrownBy(finder::find)
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("install Go")
        .hasMessageNotContaining("\n");
  }

  private BinaryFinder finder(Map<String, String> environment) {
    return new BinaryFinder(environment, MODULE, said::add);
  }

  private static Path fillCache(Path cache) throws IOException {
    var environment = Map.of("XDG_CACHE_HOME", cache.toString());
    var programs = Binaries.from(PinnedModule.read(MODULE));
    var folder = new ProgramCache(environment, _ -> {}).placeOf(programs);
    fill(Files.createDirectories(folder), Binaries.NAMES);
    return folder;
  }

  private static void fill(Path folder, List<String> names) throws IOException {
    for (var name : names) {
      assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
  }
}
