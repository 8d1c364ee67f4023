package dev.managedidentity.operator.inventory;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An object in Azure that a resource counts on.
 *
 * @param key resource id of the object, in lower case
 * @param scopes where it is listed: the widest first; a narrower one serves when the operator may
 *     not list the wider
 * @param isMet whether what a list showed of it, or its absence, is as the resource knows it
 * @param wake lets the resource look at it
 */
public record Expectation<T>(
    String key, List<String> scopes, Predicate<Optional<T>> isMet, Runnable wake) {
  public Expectation {
    scopes = List.copyOf(scopes);
  }
}
