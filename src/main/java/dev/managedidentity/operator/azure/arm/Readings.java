package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Permission;
import dev.managedidentity.operator.azure.RoleAssignment;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Azure's objects in our words; fails when one lacks what it must have. */
final class Readings {
  private Readings() {}

  /** An identity under the id that its reader uses. */
  static AzureIdentity identity(IdentityId id, ArmObject object) throws IOException {
    var properties = object.object("properties");
    return new AzureIdentity(
        id,
        guid(properties, "clientId"),
        guid(properties, "principalId"),
        guid(properties, "tenantId"),
        object.required("location"),
        "Regional".equalsIgnoreCase(properties.text("isolationScope")),
        object.object("tags").texts());
  }

  /** An identity of a list. */
  static AzureIdentity identity(ArmObject object) throws IOException {
    try {
      return identity(IdentityId.parse(object.required("id")), object);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * A credential of a list. One that somebody else made may have no subject, or not one audience:
   * then it reads as no credential of ours ever does.
   */
  static FederatedCredential credential(IdentityId identity, ArmObject object) throws IOException {
    var properties = object.object("properties");
    var subject = properties.text("subject");
    return new FederatedCredential(
        identity,
        object.required("name"),
        properties.required("issuer"),
        subject == null ? "" : subject,
        String.join(",", properties.texts("audiences")));
  }

  /** A role assignment of a list. */
  static RoleAssignment assignment(ArmObject object) throws IOException {
    var properties = object.object("properties");
    return new RoleAssignment(
        properties.required("scope"),
        object.required("name"),
        properties.required("roleDefinitionId"),
        properties.required("principalId"),
        properties.text("condition"),
        properties.text("description"));
  }

  /** What a caller or a role may do. */
  static Permission permission(ArmObject object) {
    return new Permission(
        object.texts("actions"),
        object.texts("notActions"),
        object.texts("dataActions"),
        object.texts("notDataActions"));
  }

  /** All that a role definition allows. */
  static List<Permission> role(ArmObject object) throws IOException {
    return object.object("properties").objects("permissions").stream()
        .map(Readings::permission)
        .toList();
  }

  /** A resource of a list. */
  static AzureResource resource(ArmObject object) throws IOException {
    return resource(object.required("id"), object);
  }

  /** A resource under the id that its reader uses. */
  static AzureResource resource(String id, ArmObject object) {
    var identity = object.object("identity");
    return AzureResource.of(
        id,
        identity.text("principalId"),
        identity.text("tenantId"),
        identity.object("userAssignedIdentities").names());
  }

  private static String guid(ArmObject object, String name) throws IOException {
    return object.required(name).toLowerCase(Locale.ROOT);
  }
}
