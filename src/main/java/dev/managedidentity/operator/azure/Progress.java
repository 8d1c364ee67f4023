package dev.managedidentity.operator.azure;

/** How far Azure is with a change that may take it a while. */
public sealed interface Progress {
  /** The resource is as it was to be. */
  record Finished(AzureResource resource) implements Progress {}

  /**
   * Azure works on it.
   *
   * @param operation URL at which Azure says how far it is
   */
  record Running(String operation) implements Progress {}
}
