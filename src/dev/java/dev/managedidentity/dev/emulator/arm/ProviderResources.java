package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.arm.ProviderType.Trait;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The list of resource providers, all of them registered. */
final class ProviderResources {
  private static final String TYPE = "Microsoft.Resources/providers";
  private static final String ACTION = "Microsoft.Resources/subscriptions/providers/read";
  private static final Operation READ = Operation.of("providers", OperationKind.READ);
  private static final Operation LIST = Operation.of("providers", OperationKind.LIST);
  private static final Operation REGISTER = Operation.of("providers", OperationKind.ACTION);

  private final Providers providers;

  ProviderResources(Providers providers) {
    this.providers = providers;
  }

  List<Route> routes() {
    var tenant = Set.of(Level.TENANT);
    var subscription = Set.of(Level.SUBSCRIPTION);
    return Stream.concat(
            Stream.of(
                new Route("GET", "providers", subscription, TYPE, LIST, ACTION, this::list),
                new Route("GET", "providers", tenant, TYPE, LIST, "", this::list)),
            providers.byNamespace().keySet().stream().flatMap(this::routesOf))
        .toList();
  }

  private Stream<Route> routesOf(String namespace) {
    var shape = "providers/" + namespace.toLowerCase(Locale.ROOT);
    var tenant = Set.of(Level.TENANT);
    var subscription = Set.of(Level.SUBSCRIPTION);
    return Stream.of(
        new Route("GET", shape, subscription, TYPE, READ, ACTION, c -> get(c, namespace)),
        new Route("GET", shape, tenant, TYPE, READ, "", c -> get(c, namespace)),
        new Route(
            "POST",
            shape + "/register",
            subscription,
            TYPE,
            REGISTER,
            namespace + "/register/action",
            c -> get(c, namespace)));
  }

  private Reply list(ArmCall call) {
    var all =
        providers.byNamespace().entrySet().stream()
            .map(entry -> json(call.path().scope(), entry.getKey(), entry.getValue()))
            .toList();
    return Reply.json(200, Json.object().set("value", Json.array(all)));
  }

  private Reply get(ArmCall call, String namespace) {
    var types = providers.byNamespace().getOrDefault(namespace, List.of());
    return Reply.json(200, json(call.path().scope(), namespace, types));
  }

  private JsonNode json(Scope scope, String namespace, List<ProviderType> types) {
    var body =
        Json.object()
            .put("id", scope.path() + "/providers/" + namespace)
            .put("namespace", namespace)
            .put("registrationPolicy", "RegistrationRequired")
            .put("registrationState", "Registered");
    body.set("resourceTypes", Json.array(types.stream().map(this::json).toList()));
    return body;
  }

  private JsonNode json(ProviderType type) {
    var body =
        Json.object().put("resourceType", type.name()).put("capabilities", capabilities(type));
    var names =
        type.locations().stream().map(l -> providers.locations().getOrDefault(l, l)).toList();
    body.set("locations", Json.texts(names));
    body.set("apiVersions", Json.texts(type.apiVersions()));
    return body;
  }

  private static String capabilities(ProviderType type) {
    if (!type.has(Trait.RESOURCE)) {
      return "None";
    }
    return type.has(Trait.IDENTITY)
        ? "SystemAssignedResourceIdentity, SupportsTags, SupportsLocation"
        : "SupportsTags, SupportsLocation";
  }
}
