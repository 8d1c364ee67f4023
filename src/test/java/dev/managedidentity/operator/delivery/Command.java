package dev.managedidentity.operator.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A command of a document: a program and its words. */
record Command(String program, List<String> words) {
  private static final Pattern PROGRAM = Pattern.compile("^(kubectl|helm|make)$");
  private static final Pattern BEGIN =
      Pattern.compile("^(\\$ )?([A-Z_]+=\\S+ )?(kubectl|helm|make|az) .*", Pattern.DOTALL);

  /** Between two commands on one line. */
  private static final Pattern SEPARATOR = Pattern.compile("\\|\\||&&|[|;]|\\$\\(|\\n");

  private static final Pattern QUOTED =
      Pattern.compile("\\$'(?:[^'\\\\]|\\\\.)*'|'[^']*'|\"[^\"]*\"");

  Command {
    words = List.copyOf(words);
  }

  /** Whether a block of text is a script, and not what a program prints. */
  static boolean begins(String block) {
    return BEGIN.matcher(block).matches();
  }

  /** The commands of a script, but for those of programs that are not here. */
  static List<Command> in(String script) {
    var joined = script.replace("\\\n", " ");
    var bare = QUOTED.matcher(joined).replaceAll("QUOTED").replaceAll("(?m)(^| )#.*$", "");
    return Arrays.stream(SEPARATOR.split(bare))
        .map(command -> command.replaceFirst("^\\s*(do |then )?([A-Z_]+=\\S* )*", ""))
        .map(command -> Arrays.asList(command.strip().split("\\s+")))
        .filter(words -> PROGRAM.matcher(words.getFirst()).matches())
        .map(words -> new Command(words.getFirst(), words.subList(1, words.size())))
        .toList();
  }

  /** Words that are no flags, nor the value of the flag for namespaces. */
  List<String> plain() {
    var plain = new ArrayList<String>();
    for (var i = 0; i < words.size(); i++) {
      var isValue = i > 0 && List.of("-n", "--namespace").contains(words.get(i - 1));
      if (!words.get(i).startsWith("-") && !isValue) {
        plain.add(words.get(i));
      }
    }
    return plain;
  }

  /** Names of its long flags. */
  List<String> flags() {
    return words.stream()
        .filter(word -> word.matches("--[a-z].*"))
        .map(word -> word.replaceFirst("=.*", ""))
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return program + " " + String.join(" ", words);
  }
}
