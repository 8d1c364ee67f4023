package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.build.Right;
import dev.managedidentity.dev.build.Right.Where;
import dev.managedidentity.dev.build.Rights;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rights as templates of the Helm chart, each with its reason. */
final class RightsTemplate {
  private RightsTemplate() {}

  /** A template for each place where rights are needed. */
  static String text() {
    var text = new StringBuilder("{{- /* Generated from Rights by `make chart`. */ -}}\n");
    for (var where : Where.values()) {
      text.append("\n{{- define \"operator.rights.%s\" }}\n".formatted(word(where)));
      Rights.all().stream()
          .filter(right -> right.where() == where)
          .forEach(right -> text.append(rule(right)));
      text.append("{{- end }}\n");
    }
    return text.toString();
  }

  private static String word(Where where) {
    return where.name().toLowerCase(Locale.ROOT);
  }

  private static String rule(Right right) {
    var names = right.names().isEmpty() ? "" : "  resourceNames: " + list(right.names()) + "\n";
    var rule =
        "# %s\n- apiGroups: %s\n  resources: %s\n%s  verbs: %s\n"
            .formatted(
                right.reason(),
                list(List.of(right.group())),
                list(right.resources()),
                names,
                list(right.verbs()));
    var condition = right.when().condition();
    return condition.isEmpty() ? rule : "{{- if %s }}\n%s{{- end }}\n".formatted(condition, rule);
  }

  private static String list(List<String> words) {
    return words.stream()
        .map(word -> word.isEmpty() ? "\"\"" : word)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
