package dev.managedidentity.dev.tools;

import dev.managedidentity.dev.programs.PinnedModule;
import dev.managedidentity.dev.programs.ProgramCache;
import dev.managedidentity.dev.programs.Programs;
import dev.managedidentity.dev.programs.Programs.Program;
import java.nio.file.Path;
import java.util.List;

/**
 * Programs of users.
 *
 * @param helm installs the chart
 * @param kubectl applies what needs no chart
 * @param lua the interpreter in which Argo CD runs health checks
 */
public record Tools(Tool helm, Tool kubectl, Tool lua) {
  private static final Path MODULE = Path.of("src/dev/tools");

  /** Those pinned in this repository; builds them when the user's cache has none. */
  public static Tools pinned() {
    var folder = ProgramCache.ofThisProcess().folderOf(from(PinnedModule.read(MODULE)));
    return new Tools(
        new Tool(folder.resolve("helm")),
        new Tool(folder.resolve("kubectl")),
        new Tool(folder.resolve("lua")));
  }

  private static Programs from(PinnedModule module) {
    return new Programs(
        "Helm, kubectl and a Lua interpreter",
        "tools-helm-" + module.versionOf("helm.sh/helm/v4"),
        module,
        List.of(
            new Program("helm", "helm.sh/helm/v4/cmd/helm"),
            new Program("kubectl", "./kubectl"),
            new Program("lua", "github.com/yuin/gopher-lua/cmd/glua")),
        Programs.SMALL);
  }
}
