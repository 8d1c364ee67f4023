package dev.managedidentity.operator.azure.arm;

import com.azure.core.http.HttpMethod;
import com.azure.json.JsonSerializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

  /** Resource groups may have names with letters of any script. */
  private static String target(String id, String apiVersion) {
    try {
      return new URI(null, null, id, null).toASCIIString() + "?api-version=" + apiVersion;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a resource id: " + id, e);
    }
  }
}
