package dev.managedidentity.operator.settings;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place the key, with the environment variable if the value comes from there; or the file
 * @param wrong what is wrong, as the rest of a sentence that begins with the place
 * @param allowed what to write instead, as a sentence
 */
public record SettingError(String place, String wrong, String allowed) {
  @Override
  public String toString() {
    return "%s %s. %s".formatted(place, wrong, allowed);
  }
}
