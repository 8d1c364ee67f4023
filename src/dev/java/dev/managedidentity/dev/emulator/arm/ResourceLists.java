package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Operation;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.AzureResource;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists of resources: of one type, as its service lists them, and of all types, as Resource Manager
 * does, where everybody sees what they may read.
 */
final class ResourceLists {
  private static final String TYPE = "Microsoft.Resources/resources";

  private final Cloud cloud;
  private final Providers providers;
  private final Authoriser authoriser;
  private final Pages pages;
  private final ResourceJson json;

  ResourceLists(
      Cloud cloud, Providers providers, Authoriser authoriser, Pages pages, ResourceJson json) {
    this.cloud = cloud;
    this.providers = providers;
    this.authoriser = authoriser;
    this.pages = pages;
    this.json = json;
  }

  /** A resource in the list of all, of whatever kind. */
  private record Row(Scope id, String type, JsonNode json) {}

  List<Route> routes() {
    var lists = Set.of(Level.GROUP, Level.SUBSCRIPTION);
    var ofTypes =
        providers.ofResources().stream()
            .map(
                type ->
                    Route.of(
                        OperationKind.LIST,
                        "GET",
                        type.fullName(),
                        lists,
                        call -> list(call, type)));
    var ofAll =
        Stream.of("subscriptions/{}/resources", "subscriptions/{}/resourcegroups/{}/resources")
            .map(this::ofAll);
    return Stream.concat(ofTypes, ofAll).toList();
  }

  private Route ofAll(String shape) {
    return new Route(
        "GET",
        shape,
        Set.of(Level.values()),
        TYPE,
        Operation.of("resources", OperationKind.LIST),
        "",
        this::listAll);
  }

  private Reply list(ArmCall call, ProviderType type) {
    var found =
        cloud.resources().below(call.path().scope()).stream()
            .filter(resource -> resource.type().equalsIgnoreCase(type.fullName()))
            .toList();
    return pages.page(call, found, resource -> resource.id().key(), json::of);
  }

  private Reply listAll(ArmCall call) {
    var target = call.path().target();
    var scope = new Scope(target.path().substring(0, target.path().lastIndexOf('/')));
    var filter = ResourceFilter.of(call.request().parameter("$filter").orElse(""));
    var found =
        rows(scope).stream()
            .filter(row -> filter.test(row.type()))
            .filter(row -> authoriser.allows(call.caller(), row.type() + "/read", row.id()))
            .toList();
    return pages.page(call, found, row -> row.id().key(), Row::json);
  }

  private List<Row> rows(Scope scope) {
    var rows = new ArrayList<Row>();
    cloud.resources().below(scope).forEach(resource -> rows.add(row(resource)));
    cloud.identitiesBelow(scope).forEach(identity -> rows.add(row(identity)));
    rows.sort(Comparator.comparing(row -> row.id().key()));
    return rows;
  }

  private Row row(AzureResource resource) {
    return new Row(resource.id(), resource.type(), json.brief(resource));
  }

  private static Row row(Identity identity) {
    return new Row(identity.scope(), IdentityResources.TYPE, IdentityJson.brief(identity));
  }
}
