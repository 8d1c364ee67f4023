package dev.managedidentity.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Let the compiler keep the list: a new case must break the build wherever somebody must think. */
class SwitchesTest {
  private static final Set<String> CASES =
      Stream.concat(
              MainClasses.ALL.stream().map(JavaClass::reflect).flatMap(SwitchesTest::variants),
              MainClasses.ALL.stream()
                  .filter(JavaClass::isEnum)
                  .flatMap(type -> type.getFields().stream())
                  .filter(field -> field.getRawType().isEquivalentTo(field.getOwner().reflect()))
                  .map(JavaField::getName))
          .collect(Collectors.toSet());

  @Test
  void theScanKnowsOurCases() {
    assertThat(CASES).contains("Throttled", "Done", "WITH_BACKOFF");
  }

  @Test
  void noSwitchOverOurOwnCasesHasADefault() throws IOException {
    assertThat(offenders()).isEmpty();
  }

  private static List<String> offenders() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var offenders = new ArrayList<String>();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var paths = Source.below(Source.MAIN).stream().map(Source::path).toArray(Path[]::new);
      var task =
          (JavacTask)
              compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjects(paths));
      for (var unit : task.parse()) {
        new DefaultFinder(unit.getSourceFile().getName(), offenders).scan(unit, null);
      }
    }
    return offenders;
  }

  private static Stream<String> variants(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).map(Class::getSimpleName)
        : Stream.empty();
  }

  /** Walks one file. */
  private static final class DefaultFinder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String file;
    private final List<String> offenders;

    DefaultFinder(String file, List<String> offenders) {
      this.file = file;
      this.offenders = offenders;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree node, @Nullable Void nothing) {
      check(node.getExpression(), node.getCases());
      return super.visitSwitch(node, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree node, @Nullable Void nothing) {
      check(node.getExpression(), node.getCases());
      return super.visitSwitchExpression(node, null);
    }

    private void check(Tree selector, List<? extends CaseTree> cases) {
      var labels = cases.stream().flatMap(each -> each.getLabels().stream()).toList();
      if (labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance)
          && labels.stream().anyMatch(label -> CASES.contains(name(label)))) {
        offenders.add(file + ": switch " + selector);
      }
    }

    private static String name(CaseLabelTree label) {
      var tree =
          switch (label) {
            case ConstantCaseLabelTree constant -> constant.getConstantExpression().toString();
            case PatternCaseLabelTree pattern -> type(pattern.getPattern());
            default -> "";
          };
      var plain = tree.replaceAll("<.*", "");
      return plain.substring(plain.lastIndexOf('.') + 1);
    }

    private static String type(Tree pattern) {
      return switch (pattern) {
        case BindingPatternTree binding -> String.valueOf(binding.getVariable().getType());
        case DeconstructionPatternTree deconstruction ->
            deconstruction.getDeconstructor().toString();
        default -> "";
      };
    }
  }
}
