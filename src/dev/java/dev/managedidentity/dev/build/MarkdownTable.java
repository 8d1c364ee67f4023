package dev.managedidentity.dev.build;

import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table whose cells may hold any text. */
public record MarkdownTable(List<String> heading, List<List<String>> rows) {
  /** Copies what it is given. */
  public MarkdownTable {
    heading = List.copyOf(heading);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The table as lines of Markdown. */
  @Override
  public String toString() {
    return line(heading)
        + line(heading.stream().map(_ -> "---").toList())
        + rows.stream().map(MarkdownTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
