package dev.managedidentity.operator.azure.arm;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where Azure Resource Manager answers, and whether a link that it gave leads there: the operator's
 * token is sent nowhere else, and never without TLS.
 */
final class ArmEndpoint {
  private static final Pattern URL =
      Pattern.compile("https://([^/?#\\\\]+)([^#]*)(#.*)?", Pattern.CASE_INSENSITIVE);

  /** What Azure does not always encode in the links that it gives. */
  private static final Pattern UNENCODED = Pattern.compile("[^!-~]|[\"<>\\\\^`{|}\\[\\]]");

  private final String url;
  private final String authority;
  private final String path;

  /** An endpoint by its https URL without a slash at its end. */
  ArmEndpoint(String url) {
    var match = URL.matcher(url);
    if (!match.matches()) {
      throw new IllegalArgumentException("Not an https URL: " + url);
    }
    this.url = url;
    this.authority = authority(match.group(1));
    this.path = match.group(2);
  }

  /** Path and query of a link, relative to the endpoint; fails when it leads elsewhere. */
  String target(String link) throws IOException {
    if (link.startsWith("/") && !link.startsWith("//")) {
      return encoded(link);
    }
    var match = URL.matcher(link);
    if (match.matches()
        && authority(match.group(1)).equals(authority)
        && match.group(2).startsWith(path + "/")) {
      return encoded(match.group(2).substring(path.length()));
    }
    throw new IOException("a link away from %s, to %s".formatted(url, withoutQuery(link)));
  }

  /** The same link as a URL. */
  String absolute(String link) throws IOException {
    return url + target(link);
  }

  private static String authority(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(":443") ? lower.substring(0, lower.length() - ":443".length()) : lower;
  }

  private static String encoded(String target) {
    return UNENCODED
        .matcher(target)
        .replaceAll(
            match -> URLEncoder.encode(match.group(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Queries of links may hold what proves that one may ask. */
  private static String withoutQuery(String link) {
    var end = link.indexOf('?');
    return end < 0 ? link : link.substring(0, end);
  }
}
