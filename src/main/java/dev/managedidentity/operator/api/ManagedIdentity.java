package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An Azure managed identity whose life is that of this resource. */
@JsonClassDescription(
    "An Azure managed identity: created with this resource, granted the roles"
        + " it lists and, unless it is to be retained, deleted with it.")
@Group("managedidentity.dev")
@Version("v1alpha1")
@Categories("azure")
@ShortNames("mi")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Client ID",
    jsonPath = ".status.clientId",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Bindings",
    jsonPath = ".status.bindings",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Resource ID",
    jsonPath = ".status.resourceId",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ManagedIdentity
    extends CustomResource<ManagedIdentitySpec, ManagedIdentityStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable ManagedIdentitySpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable ManagedIdentityStatus initStatus() {
    return null;
  }
}
