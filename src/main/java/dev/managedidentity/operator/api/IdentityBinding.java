package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** Lets a subject sign in as a managed identity, for as long as this resource lives. */
@JsonClassDescription(
    "Lets a service account's pods, or what runs on an Azure resource, sign in to Azure as a"
        + " ManagedIdentity, with no secret, for as long as this resource lives.")
@Group("managedidentity.dev")
@Version("v1alpha1")
@Categories("azure")
@ShortNames("ib")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Identity",
    jsonPath = ".spec.identityRef.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Service Account",
    jsonPath = ".spec.subject.serviceAccount.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Client ID",
    jsonPath = ".status.clientId",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Azure Resource",
    jsonPath = ".spec.subject.azureResource.id",
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
@AdditionalSelectableField(jsonPath = ".spec.identityRef.name")
@AdditionalSelectableField(jsonPath = ".spec.subject.serviceAccount.name")
public final class IdentityBinding
    extends CustomResource<IdentityBindingSpec, IdentityBindingStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable IdentityBindingSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable IdentityBindingStatus initStatus() {
    return null;
  }

  /** Namespace of the ManagedIdentity: the one named, or the binding's own. */
  public String identityNamespace() {
    var named = getSpec().identityRef().namespace();
    return named == null ? getMetadata().getNamespace() : named;
  }
}
