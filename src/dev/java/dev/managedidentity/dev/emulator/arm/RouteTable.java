package dev.managedidentity.dev.emulator.arm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the route of a request, or the error for a path that leads nowhere. */
final class RouteTable {
  private final Map<String, List<Route>> byShape;
  private final Providers providers;

  RouteTable(List<Route> routes, Providers providers) {
    this.byShape =
        routes.stream()
            .collect(Collectors.groupingBy(route -> route.shape().toLowerCase(Locale.ROOT)));
    this.providers = providers;
  }

  /** The route, if there is one; for what must be known of a request that is refused early. */
  Optional<Route> peek(String method, ArmPath path) {
    return here(path).stream().filter(route -> route.method().equals(method)).findFirst();
  }

  Route find(String method, ArmPath path, String apiVersion) {
    var here = here(path);
    if (here.isEmpty()) {
      throw new ArmRefusal(unknown(path, apiVersion));
    }
    return here.stream()
        .filter(route -> route.method().equals(method))
        .findFirst()
        .orElseThrow(() -> new ArmRefusal(GatewayErrors.wrongMethod(method)));
  }

  private List<Route> here(ArmPath path) {
    return byShape.getOrDefault(path.shape(), List.of()).stream()
        .filter(route -> route.levels().contains(path.level()))
        .toList();
  }

  private ArmError unknown(ArmPath path, String apiVersion) {
    if (!path.shape().startsWith("providers/")) {
      return GatewayErrors.unknownPath(path.target().path());
    }
    var namespace = path.namespace();
    if (!providers.knows(namespace)) {
      return GatewayErrors.invalidNamespace(namespace);
    }
    var type = path.shape().substring("providers/".length() + namespace.length());
    return GatewayErrors.invalidType(
        type.replace("/{}", "").replaceFirst("^/", ""), namespace, apiVersion);
  }
}
