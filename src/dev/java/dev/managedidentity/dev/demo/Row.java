package dev.managedidentity.dev.demo;

import dev.managedidentity.operator.api.Condition;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One resource as kubectl shows it. */
record Row(String resource, String ready, String reason, String clientId) {
  static final Row HEADER = new Row("NAME", "READY", "REASON", "CLIENT ID");

  /** A resource that was there before. */
  static Row gone(String resource) {
    return new Row(resource, "gone", "", "");
  }

  /** Every ManagedIdentity and IdentityBinding there is. */
  static List<Row> all(KubernetesClient client) {
    var rows = new ArrayList<Row>();
    client.resources(ManagedIdentity.class).inAnyNamespace().list().getItems().stream()
        .map(Row::of)
        .forEach(rows::add);
    client.resources(IdentityBinding.class).inAnyNamespace().list().getItems().stream()
        .map(Row::of)
        .forEach(rows::add);
    return List.copyOf(rows);
  }

  private static Row of(ManagedIdentity identity) {
    var status = identity.getStatus();
    return row(
        "managedidentity/" + identity.getMetadata().getName(),
        status == null ? List.of() : status.conditions(),
        status == null ? null : status.clientId());
  }

  private static Row of(IdentityBinding binding) {
    var status = binding.getStatus();
    return row(
        "identitybinding/" + binding.getMetadata().getName(),
        status == null ? List.of() : status.conditions(),
        status == null ? null : status.clientId());
  }

  private static Row row(String resource, List<Condition> conditions, @Nullable String clientId) {
    var ready = conditions.stream().filter(c -> c.type().equals("Ready")).findFirst();
    return new Row(
        resource,
        ready.map(Condition::status).orElse(""),
        ready.map(Condition::reason).orElse(""),
        Optional.ofNullable(clientId).orElse(""));
  }

  boolean isReady() {
    return ready.equals("True");
  }

  /** In columns, as long as the names are of the usual length. */
  String line() {
    return "%-26s  %-7s  %-22s  %s".formatted(resource, ready, reason, clientId).stripTrailing();
  }
}
