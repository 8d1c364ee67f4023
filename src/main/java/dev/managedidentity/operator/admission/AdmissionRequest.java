package dev.managedidentity.operator.admission;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API server asks about. Texts are empty where it says nothing.
 *
 * @param uid of the question, not of the object
 * @param user who wants the change
 * @param isDryRun whether nothing will be stored, so nothing else may be changed either
 */
public record AdmissionRequest(
    String uid, Target target, Change change, String user, boolean isDryRun) {

  /**
   * The object in its place.
   *
   * @param resource in the plural, such as {@code pods}
   * @param name empty while the API server has not generated it
   */
  public record Target(
      String group, String version, String resource, String namespace, String name) {}

  /**
   * What is to become of it.
   *
   * @param object as it will be; a null or missing node when it is deleted. Not to be changed
   * @param oldObject as it is; a null or missing node when it is created. Not to be changed
   */
  public record Change(Operation operation, JsonNode object, JsonNode oldObject) {}

  /** As Kubernetes names them. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }
}
