package dev.managedidentity.dev.rig;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Does of a kubelet's work what pods need to sign in: resolves variables, and writes the tokens of
 * projected volumes into files.
 *
 * @param root under which the files of containers lie
 */
public record Kubelet(KubernetesClient client, Path root) {
  /**
   * What a container sees when it starts.
   *
   * @param root where its file system begins
   */
  public record StartedContainer(Map<String, String> environment, Path root) {
    public StartedContainer {
      environment = Map.copyOf(environment);
    }

    /** Where a file of the container lies on this machine. */
    public Path file(String path) {
      return root.resolve(path.substring(1));
    }
  }

  /**
   * Starts a container, as far as that is done here.
   *
   * @throws IllegalStateException when the pod must not or cannot start, as its status would say
   */
  public StartedContainer start(Pod pod, Container container) {
    if (!pod.getSpec().getSchedulingGates().isEmpty()) {
      throw new IllegalStateException("SchedulingGated: " + pod.getSpec().getSchedulingGates());
    }
    var environment = new HashMap<String, String>();
    container
        .getEnv()
        .forEach(variable -> environment.put(variable.getName(), value(pod, variable)));
    var files = root.resolve(pod.getMetadata().getUid()).resolve(container.getName());
    container
        .getVolumeMounts()
        .forEach(
            mount ->
                pod.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getName().equals(mount.getName()))
                    .forEach(volume -> write(pod, volume, files, mount.getMountPath())));
    return new StartedContainer(environment, files);
  }

  private String value(Pod pod, EnvVar variable) {
    return variable.getValueFrom() == null
        ? Objects.requireNonNullElse(variable.getValue(), "")
        : read(pod, variable.getValueFrom().getConfigMapKeyRef());
  }

  private String read(Pod pod, ConfigMapKeySelector reference) {
    var map =
        client
            .configMaps()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(reference.getName())
            .get();
    if (map == null || !map.getData().containsKey(reference.getKey())) {
      throw new IllegalStateException("CreateContainerConfigError: " + reference);
    }
    return map.getData().get(reference.getKey());
  }

  private void write(Pod pod, Volume volume, Path files, String mountPath) {
    if (volume.getProjected() != null) {
      volume.getProjected().getSources().stream()
          .map(source -> source.getServiceAccountToken())
          .filter(Objects::nonNull)
          .forEach(
              token ->
                  write(
                      files.resolve(mountPath.substring(1)).resolve(token.getPath()),
                      token(pod, token)));
    }
  }

  private String token(Pod pod, ServiceAccountTokenProjection projection) {
    var metadata = pod.getMetadata();
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(projection.getAudience())
            .withExpirationSeconds(projection.getExpirationSeconds())
            .withNewBoundObjectRef("v1", "Pod", metadata.getName(), metadata.getUid())
            .endSpec()
            .build();
    return client
        .serviceAccounts()
        .inNamespace(metadata.getNamespace())
        .withName(pod.getSpec().getServiceAccountName())
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
