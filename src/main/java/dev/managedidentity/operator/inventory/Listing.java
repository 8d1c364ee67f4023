package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How one kind of object is listed.
 *
 * @param kind name of the kind, for logs, metrics and threads: lower-case words joined by hyphens
 * @param list everything that is there in a scope: whole, or a failure
 * @param key resource id of an object, in lower case
 * @param wholes where the scopes themselves are listed, when the objects are their parts
 */
public record Listing<T>(
    String kind,
    Function<String, Answer<List<T>>> list,
    Function<T, String> key,
    Optional<Sightings<?>> wholes) {
  private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");

  public Listing {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no label: write lower-case words joined by hyphens".formatted(kind));
    }
  }

  /** A listing of objects that stand by themselves. */
  public Listing(String kind, Function<String, Answer<List<T>>> list, Function<T, String> key) {
    this(kind, list, key, Optional.empty());
  }
}
