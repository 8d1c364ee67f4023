package dev.managedidentity.dev.emulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, decoded: path segments without empty ones, query and header names in lower case.
 *
 * <p>Real clients write {@code //subscriptions} and filters with {@code +} or {@code %20}; both
 * come out the same here.
 */
public record Request(
    String method,
    List<String> segments,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  public Request {
    segments = List.copyOf(segments);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** Reads the request target as sent; names of {@code headers} may be in any case. */
  public static Request of(String method, URI target, Map<String, String> headers, String body) {
    var lower = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Request(method, segments(target), query(target.getRawQuery()), lower, body);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The path in one canonical form, for logs and for links. */
  public String path() {
    return "/" + String.join("/", segments);
  }

  /** The body as an HTML form. */
  public Map<String, String> form() {
    return query(body);
  }

  /** A target that starts with two slashes is parsed by URI as a host: it is a path here. */
  private static List<String> segments(URI target) {
    var host = Optional.ofNullable(target.getScheme()).isEmpty() ? target.getRawAuthority() : null;
    var path =
        (host == null ? "" : "/" + host) + Optional.ofNullable(target.getRawPath()).orElse("");
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> decoded(segment.replace("+", "%2B")))
        .toList();
  }

  private static Map<String, String> query(@Nullable String raw) {
    var parameters = new LinkedHashMap<String, String>();
    if (raw != null && !raw.isEmpty()) {
      for (var pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.put(decoded(name).toLowerCase(Locale.ROOT), decoded(value));
      }
    }
    return parameters;
  }

  /** What is no valid escape stays as it was sent: the server refuses it by its meaning. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
