package dev.managedidentity.dev.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A documented value of the chart.
 *
 * @param path its keys, from the outermost
 * @param fallback its default, as YAML in one line
 * @param meaning its comment in values.yaml, which begins with {@code # --}
 */
record Value(List<String> path, String fallback, String meaning) {
  private static final String MARK = "-- ";
  private static final LoadSettings COMMENTS =
      LoadSettings.builder().setParseComments(true).build();
  private static final DumpSettings ONE_LINE =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.FLOW)
          .setWidth(Integer.MAX_VALUE)
          .build();

  Value {
    path = List.copyOf(path);
  }

  /**
   * The values of a values.yaml, in its order.
   *
   * @throws IllegalArgumentException when one has no comment
   */
  static List<Value> in(String yaml) {
    var root = new Compose(COMMENTS).composeString(yaml).orElseThrow();
    var found = new ArrayList<Value>();
    collect((MappingNode) root, List.of(), found);
    return found;
  }

  /** As in {@code helm install --set}. */
  String key() {
    return String.join(".", path);
  }

  private static void collect(MappingNode mapping, List<String> prefix, List<Value> found) {
    for (var tuple : mapping.getValue()) {
      var path = new ArrayList<>(prefix);
      path.add(((ScalarNode) tuple.getKeyNode()).getValue());
      var meaning = meaning(tuple);
      if (!meaning.isEmpty()) {
        found.add(new Value(path, oneLine(tuple.getValueNode()), meaning));
      } else if (tuple.getValueNode() instanceof MappingNode inner) {
        collect(inner, path, found);
      } else {
        throw new IllegalArgumentException(
            "values.yaml says nothing about " + String.join(".", path));
      }
    }
  }

  private static String meaning(NodeTuple tuple) {
    var comments = tuple.getKeyNode().getBlockComments();
    if (comments == null) {
      return "";
    }
    var text =
        comments.stream()
            .map(CommentLine::getValue)
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining(" "));
    return text.startsWith(MARK) ? text.substring(MARK.length()) : "";
  }

  private static String oneLine(Node node) {
    var value =
        new StandardConstructor(LoadSettings.builder().build())
            .constructSingleDocument(java.util.Optional.of(node));
    return new Dump(ONE_LINE).dumpToString(value).strip();
  }
}
