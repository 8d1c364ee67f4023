package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import dev.managedidentity.operator.plan.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A small Azure of texts: a list of a scope shows those that begin with it. */
final class Shelf {
  private final TreeSet<String> objects = new TreeSet<>();
  private final Map<String, Problem> problems = new HashMap<>();
  private final List<String> lists = new ArrayList<>();

  Shelf with(String object) {
    objects.add(object);
    return this;
  }

  void remove(String object) {
    objects.remove(object);
  }

  void refuse(String scope, Problem problem) {
    problems.put(scope, problem);
  }

  void allow(String scope) {
    problems.remove(scope);
  }

  /** What was listed since the last look. */
  List<String> takeLists() {
    var taken = List.copyOf(lists);
    lists.clear();
    return taken;
  }

  Answer<List<String>> list(String scope) {
    lists.add(scope);
    var problem = problems.get(scope);
    return problem == null
        ? new Answer.Done<>(
            objects.stream().filter(one -> one.startsWith(scope)).toList(), Receipt.NONE)
        : new Answer.Failed<>(problem, Receipt.NONE);
  }

  Listing<String> listing() {
    return new Listing<>("things", this::list, Shelf::key);
  }

  /** Each scope is one of these. */
  Listing<String> listingPartsOf(Sightings<String> wholes) {
    return new Listing<>("parts", this::list, Shelf::key, Optional.of(wholes));
  }

  private static String key(String object) {
    return object.split("=", -1)[0];
  }
}
