package dev.managedidentity.dev.emulator.arm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The filter of the list of all resources: one type, or several joined by {@code or}. */
record ResourceFilter(Set<String> types) implements Predicate<String> {
  private static final Pattern ONE =
      Pattern.compile("\\s*resourceType\\s+eq\\s+'([^']+)'\\s*", Pattern.CASE_INSENSITIVE);

  ResourceFilter {
    types = Set.copyOf(types);
  }

  static ResourceFilter of(String filter) {
    return new ResourceFilter(
        filter.isBlank()
            ? Set.of()
            : Arrays.stream(filter.split("(?i)\\sor\\s", -1))
                .map(part -> type(part, filter))
                .collect(Collectors.toSet()));
  }

  private static String type(String part, String filter) {
    var match = ONE.matcher(part);
    if (!match.matches()) {
      throw new ArmRefusal(ResourceErrors.invalidFilter(filter));
    }
    return match.group(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean test(String type) {
    return types.isEmpty() || types.contains(type.toLowerCase(Locale.ROOT));
  }
}
