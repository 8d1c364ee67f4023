package dev.managedidentity.dev.programs;

import java.nio.file.Path;
import java.util.Map;

/** Where this project may keep files that can be made again, by the custom of each system. */
final class CacheFolder {

  private static final String NAME = "managed-identity-operator";

  private CacheFolder() {}

  static Path of(Map<String, String> environment, String operatingSystem) {
    var explicit = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (explicit.isAbsolute()) {
      return explicit.resolve(NAME);
    }
    var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    var isMac = operatingSystem.startsWith("Mac");
    return home.resolve(isMac ? "Library/Caches" : ".cache").resolve(NAME);
  }
}
