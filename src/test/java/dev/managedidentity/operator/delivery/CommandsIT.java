package dev.managedidentity.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.tools.Tool;
import dev.managedidentity.dev.tools.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents tell readers to type is what the shell, kubectl and Helm know. */
class CommandsIT {
  private static final Tool BASH = new Tool(Path.of("bash"));
  private static final Set<String> OURS =
      Set.of("crds", "deploy", "examples", "gitops", "helm", "docs");

  private static final Map<List<String>, String> HELP = new ConcurrentHashMap<>();

  static List<Document> documents() {
    return Document.all().stream().filter(document -> !document.scripts().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theShellUnderstandsThem(Document document) {
    assertThat(document.scripts())
        .allSatisfy(
            script -> assertThat(BASH.run(script, List.of("-n")).errors()).as(script).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theProgramsKnowTheirFlags(Document document) {
    assertThat(document.commands())
        .filteredOn(command -> !command.program().equals("make"))
        .allSatisfy(
            command ->
                assertThat(command.flags())
                    .as(command.toString())
                    .allMatch(flag -> help(command).contains(flag)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theirFilesAreInTheRepository(Document document) {
    assertThat(document.commands())
        .flatExtracting(Command::plain)
        .filteredOn(word -> word.contains("/") && OURS.contains(word.replaceFirst("/.*", "")))
        .allSatisfy(word -> assertThat(Path.of(word)).matches(Files::exists));
  }

  /** What the program says of a command; kubectl tells of flags for all commands elsewhere. */
  private static String help(Command command) {
    var words = new ArrayList<>(command.plain().stream().limit(2).toList());
    words.removeIf(word -> !word.matches("[a-z][a-z-]+"));
    words.addFirst(command.program());
    return HELP.computeIfAbsent(List.copyOf(words), CommandsIT::ask);
  }

  private static String ask(List<String> words) {
    var program =
        words.getFirst().equals("helm") ? Tools.pinned().helm() : Tools.pinned().kubectl();
    var arguments = new ArrayList<>(words.subList(1, words.size()));
    arguments.add("--help");
    var general = words.getFirst().equals("kubectl") ? program.answer("options") : "";
    return general + program.answer(arguments.toArray(String[]::new));
  }
}
