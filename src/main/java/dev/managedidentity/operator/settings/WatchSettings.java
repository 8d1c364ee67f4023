package dev.managedidentity.operator.settings;

import java.util.List;

/** What the operator works for. */
public record WatchSettings(
    @Property(
            syntax = Syntax.NAMESPACES,
            fallback = "[]",
            description =
                "Namespaces to work in: it needs rights in these alone, and sees nothing of others."
                    + " Empty: all. The environment variable takes a JSON list, which replaces the"
                    + " file's.")
        List<String> namespaces) {
  /** Copies what it is given. */
  public WatchSettings {
    namespaces = List.copyOf(namespaces);
  }
}
