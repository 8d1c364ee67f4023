package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpMethod;
import com.azure.json.JsonSerializable;
import dev.managedidentity.operator.azure.budget.Limit;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to Azure Resource Manager.
 *
 * @param target encoded path and query
 * @param etag what must not have changed for the request to be carried out; null: nothing
 */
record ArmRequest(
    Call call,
    HttpMethod method,
    String target,
    @Nullable JsonSerializable<?> body,
    @Nullable String etag) {
  private static final Pattern SUBSCRIPTION =
      Pattern.compile("/+subscriptions/([^/?]+)", Pattern.CASE_INSENSITIVE);

  static ArmRequest get(Call call, String id, String apiVersion) {
    return new ArmRequest(call, HttpMethod.GET, target(id, apiVersion), null, null);
  }

  /** Reads what matches an OData filter. */
  static ArmRequest list(Call call, String id, String apiVersion, String filter) {
    var encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
    return new ArmRequest(
        call, HttpMethod.GET, target(id, apiVersion) + "&$filter=" + encoded, null, null);
  }

  static ArmRequest put(Call call, String id, String apiVersion, JsonSerializable<?> body) {
    return new ArmRequest(call, HttpMethod.PUT, target(id, apiVersion), body, null);
  }

  /** Changes what has not changed since it had this ETag, if it has any. */
  static ArmRequest patch(
      Call call, String id, String apiVersion, JsonSerializable<?> body, @Nullable String etag) {
    return new ArmRequest(call, HttpMethod.PATCH, target(id, apiVersion), body, etag);
  }

  /** Reads what Azure gave a link to, by the link's path and query. */
  static ArmRequest follow(Call call, String target) {
    return new ArmRequest(call, HttpMethod.GET, target, null, null);
  }

  static ArmRequest delete(Call call, String id, String apiVersion) {
    return new ArmRequest(call, HttpMethod.DELETE, target(id, apiVersion), null, null);
  }

  /** Id of the subscription that it is for; empty when it is for none. */
  String subscription() {
    var path = SUBSCRIPTION.matcher(target);
    return path.lookingAt() ? path.group(1) : "";
  }

  /** What of Azure's limits it counts against. */
  Limit limit() {
    return switch (call) {
      case FIND_IDENTITY -> Limit.IDENTITY_READS;
      case LIST_IDENTITIES, LIST_CREDENTIALS -> Limit.IDENTITY_LISTS;
      case WRITE_IDENTITY, WRITE_CREDENTIAL -> Limit.IDENTITY_WRITES;
      case DELETE_IDENTITY, DELETE_CREDENTIAL -> Limit.IDENTITY_DELETES;
      case WRITE_ROLE_ASSIGNMENT -> Limit.WRITES;
      case DELETE_ROLE_ASSIGNMENT -> Limit.DELETES;
      case FIND_ROLE,
          FIND_ROLE_PERMISSIONS,
          LIST_PERMISSIONS,
          LIST_ROLE_ASSIGNMENTS,
          LIST_RESOURCES,
          FIND_PROVIDER,
          FIND_RESOURCE ->
          Limit.READS;
      case CHANGE_RESOURCE -> method == HttpMethod.GET ? Limit.READS : Limit.WRITES;
    };
  }

  /** What it is about, as one word: a resource, or a page of a list. */
  String object() {
    return target.toLowerCase(Locale.ROOT);
  }

  /** Resource groups may have names with letters of any script. */
  private static String target(String id, String apiVersion) {
    try {
      return new URI(null, null, id, null).toASCIIString() + "?api-version=" + apiVersion;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a resource id: " + id, e);
    }
  }
}
