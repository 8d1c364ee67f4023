package dev.managedidentity.operator.inventory;

/** What a list showed of an object that is not as its resource counts on. */
public sealed interface Sighting<T> {
  /** It was not in the list. */
  record Absent<T>() implements Sighting<T> {}

  /** It was in the list like this. */
  record Present<T>(T value) implements Sighting<T> {}
}
