package dev.managedidentity.dev.image;

import dev.managedidentity.dev.tools.Tool;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What programs need beside Java where there is no operating system's image below. */
final class CLibrary {
  /** Such as {@code libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)}. */
  private static final Pattern FOUND = Pattern.compile("(/\\S+) \\(0x[0-9a-f]+\\)");

  private final ImageFiles files;

  CLibrary(ImageFiles files) {
    this.files = files;
  }

  /**
   * Copies this machine's C library and its loader, and says who the user is and how names are
   * looked up.
   */
  void copy() {
    needed().forEach(library -> files.copy(Path.of(library), library));
    files.write(
        "/etc/passwd",
        """
        root:x:0:0:root:/:/sbin/nologin
        operator:x:%1$s:%1$s:operator:/:/sbin/nologin
        """
            .formatted(ImageArchive.USER));
    files.write("/etc/nsswitch.conf", "hosts: files dns\n");
  }

  /** Libraries that the runtime is linked with and does not bring. */
  private Set<String> needed() {
    var ldd = new Tool(Path.of("ldd"));
    var runtime = files.at(ContainerCommand.RUNTIME);
    var needed = new TreeSet<String>();
    for (var file : files.below(ContainerCommand.RUNTIME)) {
      if (file.toString().endsWith(".so") || file.startsWith(runtime.resolve("bin"))) {
        FOUND
            .matcher(ldd.answer(file.toString()))
            .results()
            .map(match -> match.group(1))
            .filter(library -> !library.startsWith(runtime.toString()))
            .forEach(needed::add);
      }
    }
    return needed;
  }
}
