package dev.managedidentity.operator.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.managedidentity.operator.certificate.CertificateStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The webhook's certificates in a secret of type {@code kubernetes.io/tls}. */
public final class CertificateSecret implements CertificateStore {
  private static final String TYPE = "kubernetes.io/tls";
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/managed-by", StatusWriter.FIELD_MANAGER);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  public CertificateSecret(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Optional<Stored> read() {
    return Optional.ofNullable(secret().get())
        .map(found -> new Stored(found.getMetadata().getResourceVersion(), decoded(found)));
  }

  @Override
  public boolean write(Map<String, String> entries, Optional<String> version) {
    try {
      version.ifPresentOrElse(known -> replace(entries, known), () -> create(entries));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && version.isPresent())) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Tells the entries now, and again whenever they change, until it is closed; nothing when the
   * secret is deleted.
   */
  public SharedIndexInformer<Secret> watch(Consumer<Map<String, String>> listener) {
    return secret().inform(new Entries(listener));
  }

  private void create(Map<String, String> entries) {
    var secret = named();
    secret.getMetadata().setLabels(LABELS);
    secret.setType(TYPE);
    secret.setData(encoded(entries));
    client.resource(secret).create();
  }

  /** A merge patch: what others wrote beside the entries stays. */
  private void replace(Map<String, String> entries, String version) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", version);
    var data = patch.putObject("data");
    read().map(Stored::entries).orElse(Map.of()).keySet().forEach(data::putNull);
    encoded(entries).forEach(data::put);
    client.resource(named()).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }

  private Secret named() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private Resource<Secret> secret() {
    return client.secrets().inNamespace(namespace).withName(name);
  }

  private static Map<String, String> encoded(Map<String, String> entries) {
    var data = new HashMap<String, String>();
    entries.forEach(
        (key, text) ->
            data.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return data;
  }

  private static Map<String, String> decoded(Secret secret) {
    var entries = new HashMap<String, String>();
    Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
        .forEach(
            (key, data) ->
                entries.put(
                    key, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
    return entries;
  }

  private record Entries(Consumer<Map<String, String>> listener)
      implements ResourceEventHandler<Secret> {
    @Override
    public void onAdd(Secret added) {
      listener.accept(decoded(added));
    }

    @Override
    public void onUpdate(Secret before, Secret now) {
      listener.accept(decoded(now));
    }

    @Override
    public void onDelete(Secret deleted, boolean isStateUnknown) {
      // what is served stays served until there is something else
    }
  }
}
