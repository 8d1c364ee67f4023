package dev.managedidentity.dev.emulator.behaviour;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request asks for, by a name such as {@code userAssignedIdentities/write}.
 *
 * <p>The name is the resource type without its namespace and, last, the kind in lower case.
 */
public record Operation(String name, OperationKind kind) {

  public static Operation of(String type, OperationKind kind) {
    return new Operation(type + "/" + kind.name().toLowerCase(Locale.ROOT), kind);
  }

  /** Whether a pattern with {@code *} for any text names this operation; case does not count. */
  public boolean matches(String pattern) {
    return matches(name, pattern);
  }

  /** The same for a name alone. */
  public static boolean matches(String name, String pattern) {
    var expression =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE).matcher(name).matches();
  }
}
