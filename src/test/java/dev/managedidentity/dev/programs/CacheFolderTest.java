package dev.managedidentity.dev.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {

  @Test
  void linuxKeepsCachesBelowTheHomeFolder() {
    assertThat(CacheFolder.of(Map.of("HOME", "/home/ada"), "Linux"))
        .isEqualTo(Path.of("/home/ada/.cache/managed-identity-operator"));
  }

  @Test
  void macKeepsCachesInTheLibrary() {
    assertThat(CacheFolder.of(Map.of("HOME", "/Users/ada"), "Mac OS X"))
        .isEqualTo(Path.of("/Users/ada/Library/Caches/managed-identity-operator"));
  }

  @Test
  void anExplicitCacheFolderWins() {
    assertThat(CacheFolder.of(Map.of("HOME", "/home/ada", "XDG_CACHE_HOME", "/cache"), "Linux"))
        .isEqualTo(Path.of("/cache/managed-identity-operator"));
  }

  @Test
  void aRelativeCacheFolderIsIgnoredAsItsStandardAsks() {
    assertThat(CacheFolder.of(Map.of("HOME", "/home/ada", "XDG_CACHE_HOME", "cache"), "Linux"))
        .isEqualTo(Path.of("/home/ada/.cache/managed-identity-operator"));
  }
}
