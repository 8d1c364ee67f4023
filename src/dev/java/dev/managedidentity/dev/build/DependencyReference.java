package dev.managedidentity.dev.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** docs/reference/dependencies.md: what ships besides the operator's own code, and its licences. */
public final class DependencyReference {
  /** Written by Maven, in CycloneDX's format. */
  private static final Path BILL = Path.of("target", "bom.json");

  /** What some call licences that have a name. */
  private static final Map<String, String> NAMES =
      Map.of("Apache 2 License", "Apache-2.0", "Bouncy Castle Licence", "MIT (Bouncy Castle)");

  private static final String INTRODUCTION =
      """
      # Dependencies

      <!-- Generated from target/bom.json by `make docs`. -->

      The libraries in the image, all of them, from the software bill of materials that the build writes to `target/bom.json`
      ([CycloneDX](https://cyclonedx.org/) 1.6) and the image has as `/app/bom.json`. Where two licences are named, either may
      be chosen. Besides them the image has a Java runtime and a C library, with their licences in `/opt/java/legal` and
      [decision 0015](../decisions/0015-image.md).

      """;

  private DependencyReference() {}

  /**
   * A library that ships.
   *
   * @param name group and artifact
   * @param licences by their SPDX identifiers where they have one
   */
  public record Library(String name, String version, List<String> licences) {
    public Library {
      licences = List.copyOf(licences);
    }
  }

  static GeneratedFile page() {
    var table =
        new MarkdownTable(
            List.of("Library", "Version", "Licence"),
            libraries().stream()
                .map(
                    library ->
                        List.of(
                            "`" + library.name() + "`",
                            library.version(),
                            String.join(" or ", library.licences())))
                .toList());
    return ReferencePage.of("dependencies.md", INTRODUCTION + table);
  }

  /** Every library that ships, by name. */
  public static List<Library> libraries() {
    try {
      var components = new ObjectMapper().readTree(BILL.toFile()).path("components");
      return StreamSupport.stream(components.spliterator(), false)
          .map(DependencyReference::library)
          .sorted(Comparator.comparing(Library::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Maven writes it: run `make package`", e);
    }
  }

  private static Library library(JsonNode component) {
    return new Library(
        component.path("group").asText() + ":" + component.path("name").asText(),
        component.path("version").asText(),
        StreamSupport.stream(component.path("licenses").spliterator(), false)
            .flatMap(DependencyReference::names)
            .map(name -> NAMES.getOrDefault(name, name))
            .sorted()
            .toList());
  }

  private static Stream<String> names(JsonNode entry) {
    var licence = entry.path("license");
    return Stream.of(licence.path("id"), licence.path("name"), entry.path("expression"))
        .map(JsonNode::asText)
        .filter(name -> !name.isEmpty());
  }
}
