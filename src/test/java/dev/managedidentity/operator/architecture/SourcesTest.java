package dev.managedidentity.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final List<Source> SHIPPED_AND_DEVELOPMENT =
      Source.below(Source.MAIN, Source.DEVELOPMENT);
  private static final List<Source> TESTS = Source.below(Source.TEST);

  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_TEST = 400;
  private static final int LONGEST_RECONCILER = 150;

  /** Split, so that this file does not hold what it looks for. */
  private static final Pattern LEFT_OVER =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled|Thread[.]sleep[(]");

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^(?:(?:public|final|abstract|sealed|non-sealed) )*"
              + "(?:class|record|interface|enum|@interface) ");

  @Test
  void theScanSeesTheSources() {
    assertThat(SHIPPED_AND_DEVELOPMENT).hasSizeGreaterThan(150);
    assertThat(TESTS).hasSizeGreaterThan(30);
  }

  @Test
  void aFileFitsOneSitting() {
    assertThat(SHIPPED_AND_DEVELOPMENT)
        .filteredOn(source -> source.lines() > LONGEST_FILE)
        .as("a file this long has more than one job")
        .isEmpty();
    assertThat(TESTS)
        .filteredOn(source -> source.lines() > LONGEST_TEST)
        .as("a test this long tests more than one thing")
        .isEmpty();
  }

  @Test
  void aReconcilerOnlyWires() {
    assertThat(SHIPPED_AND_DEVELOPMENT)
        .filteredOn(source -> source.name().endsWith("Reconciler.java"))
        .isNotEmpty()
        .filteredOn(source -> source.lines() > LONGEST_RECONCILER)
        .as("what a reconciler decides belongs into its planner")
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(Source.below(Source.MAIN, Source.DEVELOPMENT, Source.TEST))
        .filteredOn(source -> LEFT_OVER.matcher(source.text()).find())
        .filteredOn(source -> !source.name().equals("Latency.java")) // its job is to be slow
        .as("finish it, write an issue, or wait for an event")
        .isEmpty();
  }

  @Test
  void everyTypeSaysWhatItPromises() {
    assertThat(SHIPPED_AND_DEVELOPMENT)
        .filteredOn(source -> !source.isPackageInfo())
        .filteredOn(source -> !heading(source).contains("/**"))
        .as("files whose type has no Javadoc")
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsForAndKnowsNull() {
    assertThat(SHIPPED_AND_DEVELOPMENT)
        .extracting(source -> source.path().resolveSibling("package-info.java"))
        .allSatisfy(
            file -> assertThat(file).content().startsWith("/**").contains("\n@NullMarked\n"));
    assertThat(TESTS)
        .extracting(source -> shared(source.path()))
        .allSatisfy(file -> assertThat(file).content().contains("\n@NullMarked\n"));
  }

  /** A test's package is described beside the test, or where the code under test is. */
  private static Path shared(Path test) {
    var own = test.resolveSibling("package-info.java");
    if (Files.exists(own)) {
      return own;
    }
    var inner = Path.of(Source.TEST).relativize(own);
    var shipped = Path.of(Source.MAIN).resolve(inner);
    return Files.exists(shipped) ? shipped : Path.of(Source.DEVELOPMENT).resolve(inner);
  }

  private static String heading(Source source) {
    var declaration = DECLARATION.matcher(source.text());
    return declaration.find() ? source.text().substring(0, declaration.start()) : "";
  }
}
