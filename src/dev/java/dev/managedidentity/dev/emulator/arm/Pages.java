package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.behaviour.Limits;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns a sorted list into pages. The token is the key of the last item, so that a page is right
 * even when items come and go between pages.
 */
final class Pages {
  private final String endpoint;
  private final Supplier<Limits> limits;

  Pages(String endpoint, Supplier<Limits> limits) {
    this.endpoint = endpoint;
    this.limits = limits;
  }

  /** The page that the call asks for; {@code key} must be in the order of the items. */
  <T> Reply page(
      ArmCall call, Collection<T> items, Function<T, String> key, Function<T, JsonNode> json) {
    var after = call.request().parameter("$skiptoken").map(Pages::decoded).orElse("");
    int size = size(call);
    var rest =
        items.stream()
            .filter(item -> key.apply(item).compareTo(after) > 0)
            .limit(size + 1L)
            .toList();
    var page = rest.subList(0, Math.min(size, rest.size()));
    var body = Json.object();
    body.set("value", Json.array(page.stream().map(json).toList()));
    if (rest.size() > size) {
      body.put("nextLink", nextLink(call, key.apply(page.getLast())));
    }
    return Reply.json(200, body);
  }

  private int size(ArmCall call) {
    int most = limits.get().pageSize();
    return call.request().parameter("$top").map(top -> Math.min(most, number(top))).orElse(most);
  }

  private static int number(String top) {
    try {
      int number = Integer.parseInt(top);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number that is not positive.
    }
    throw new ArmRefusal(
        ArmErrors.badRequest("The value '" + top + "' of $top is not a positive number."));
  }

  private String nextLink(ArmCall call, String lastKey) {
    var link = new StringBuilder(endpoint + call.path().target().path());
    link.append("?api-version=").append(call.apiVersion());
    for (var name : List.of("$filter", "$top")) {
      call.request()
          .parameter(name)
          .ifPresent(v -> link.append('&').append(name).append('=').append(encoded(v)));
    }
    return link.append("&$skiptoken=").append(token(lastKey)).toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String token(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ArmRefusal(ArmErrors.badRequest("The $skiptoken is not one of this service."));
    }
  }
}
