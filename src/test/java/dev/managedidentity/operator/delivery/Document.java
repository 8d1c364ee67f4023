package dev.managedidentity.operator.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown that people read on the project's site. */
record Document(Path file, String text) {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
  private static final Pattern INDENTED = Pattern.compile("(?m)(?:^ {4,}(?:\\$ )?.*\\n?)+");
  private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern LINK =
      Pattern.compile("(?m)\\]\\(([^)\\s]+)\\)|^\\[[^]]+\\]: (\\S+)$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Set<String> SHELLS = Set.of("sh", "bash");

  /** Every page. */
  static List<Document> all() {
    try (var documents = Files.walk(Path.of("docs"));
        var others =
            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")) {
      var roots = others.map(Path::of);
      var chart = Stream.of(Path.of(Chart.FOLDER, "README.md"));
      return Stream.of(documents, roots, chart)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Document::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document read(Path file) {
    try {
      return new Document(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it leads. */
  List<String> links() {
    var prose = INLINE_CODE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
    return LINK.matcher(prose)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
  }

  /** The names by which its headings can be linked to, as GitHub makes them. */
  Set<String> anchors() {
    var seen = new HashMap<String, Integer>();
    var anchors = new HashSet<String>();
    for (var heading : headings()) {
      var name =
          heading
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      var times = seen.merge(name, 1, Integer::sum);
      anchors.add(times == 1 ? name : name + "-" + (times - 1));
    }
    return anchors;
  }

  private List<String> headings() {
    return HEADING
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** What readers are to type, a script for each block. */
  List<String> scripts() {
    var scripts = new ArrayList<String>();
    FENCE
        .matcher(text)
        .results()
        .filter(block -> SHELLS.contains(block.group(1)))
        .map(block -> block.group(2).stripIndent())
        .forEach(scripts::add);
    INDENTED
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(String::stripIndent)
        .filter(Command::begins)
        .map(block -> block.startsWith("$ ") ? block.lines().findFirst().orElseThrow() : block)
        .map(block -> block.replaceFirst("^\\$ ", ""))
        .forEach(scripts::add);
    return scripts;
  }

  /** Every command of its scripts that a program of ours or of Kubernetes runs. */
  List<Command> commands() {
    return scripts().stream().flatMap(script -> Command.in(script).stream()).toList();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
