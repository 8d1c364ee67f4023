package dev.managedidentity.operator.settings;

import java.util.Arrays;
import java.util.Optional;

/** The Azure clouds that the operator knows by name, and the one whose endpoints are given. */
public enum CloudName {
  PUBLIC("Public"),
  US_GOVERNMENT("USGovernment"),
  CHINA("China"),
  CUSTOM("Custom");

  private final String word;

  CloudName(String word) {
    this.word = word;
  }

  static Optional<CloudName> ofWord(String word) {
    return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
  }

  /** The name as configuration spells it. */
  @Override
  public String toString() {
    return word;
  }
}
