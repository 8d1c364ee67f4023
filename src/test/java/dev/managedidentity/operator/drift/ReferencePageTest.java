package dev.managedidentity.operator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.build.ReferencePage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePageTest {
  @ParameterizedTest
  @MethodSource("pages")
  void thePageSaysWhatTheCodeSays(ReferencePage page) throws IOException {
    assertThat(page.kept())
        .as("%s differs from the code: run `make docs`", page)
        .isEqualTo(page.markdown());
  }

  static List<ReferencePage> pages() {
    return ReferencePage.all();
  }
}
