package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one kind of object is listed.
 *
 * @param kind name of the kind, for logs and metrics
 * @param list everything that is there in a scope: whole, or a failure
 * @param key resource id of an object, in lower case
 * @param wholes where the scopes themselves are listed, when the objects are their parts
 */
public record Listing<T>(
    String kind,
    Function<String, Answer<List<T>>> list,
    Function<T, String> key,
    Optional<Sightings<?>> wholes) {

  /** A listing of objects that stand by themselves. */
  public Listing(String kind, Function<String, Answer<List<T>>> list, Function<T, String> key) {
    this(kind, list, key, Optional.empty());
  }
}
