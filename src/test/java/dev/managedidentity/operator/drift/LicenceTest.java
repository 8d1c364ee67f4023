package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.DependencyReference;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever ships the image must be able to keep to the licences of all that is in it. */
class LicenceTest {
  private static final Set<String> ACCEPTED =
      Set.of("Apache-2.0", "MIT", "MIT-0", "MIT (Bouncy Castle)", "BSD-2-Clause", "CC0-1.0");

  @Test
  void everyLibraryHasOneThatAsksForNothingButItsText() {
    assertThat(DependencyReference.libraries())
        .hasSizeGreaterThan(50)
        .allSatisfy(library -> assertThat(library.licences()).containsAnyElementsOf(ACCEPTED));
  }
}
