package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Reason;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows a link of the documents finds something there. */
class DocumentsTest {
  private static final Pattern TARGET = Pattern.compile("(?m)^([a-z-]+):");

  private static final Pattern REASON = Pattern.compile("`([A-Z]\\w+)`");

  static List<Document> documents() {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Document document) {
    assertThat(document.links()).allSatisfy(link -> assertThat(leads(document, link)).isTrue());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatIsToBeMadeIsInTheMakefile(Document document) {
    var makefile = Document.read(Path.of("Makefile")).text();
    var targets =
        TARGET.matcher(makefile).results().map(match -> match.group(1)).collect(Collectors.toSet());

    assertThat(document.commands())
        .filteredOn(command -> command.program().equals("make"))
        .flatExtracting(DocumentsTest::targets)
        .isSubsetOf(targets);
  }

  @Test
  void troubleshootingNamesReasonsThatThereAre() {
    var reasons = Stream.of(Reason.values()).map(Reason::word).collect(Collectors.toSet());
    var table =
        Document.read(Path.of("docs/troubleshooting.md"))
            .text()
            .lines()
            .filter(line -> line.startsWith("| ") && line.contains("`"));

    assertThat(table.flatMap(line -> REASON.matcher(line).results()).map(one -> one.group(1)))
        .hasSizeGreaterThan(30)
        .isSubsetOf(reasons);
  }

  private static List<String> targets(Command command) {
    return command.plain().stream().filter(word -> !word.contains("=")).toList();
  }

  private static boolean leads(Document document, String link) {
    var address = URI.create(link);
    if (address.getScheme() != null) {
      return Set.of("https", "http").contains(address.getScheme()) && address.getHost() != null;
    }
    var page = document.file().toAbsolutePath();
    var file =
        address.getPath().isEmpty() ? document.file() : page.resolveSibling(address.getPath());
    return Files.exists(file)
        && (address.getFragment() == null
            || Document.read(file).anchors().contains(address.getFragment()));
  }
}
