package dev.managedidentity.operator.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an object can be listed together with others: the widest scope first, and narrower ones for
 * an operator that may not list the wider. All in lower case, so that equal scopes are equal text.
 */
public final class ListScopes {
  private static final Pattern GROUP =
      Pattern.compile("(/subscriptions/[^/]+)/resourcegroups/[^/]+");

  private static final String TYPED = "|";

  private ListScopes() {}

  /** Subscription, resource group, and the scope itself when it is something else. */
  public static List<String> of(String id) {
    var lower = id.toLowerCase(Locale.ROOT);
    var match = GROUP.matcher(lower);
    var scopes = new ArrayList<String>();
    if (match.lookingAt()) {
      scopes.add(match.group(1));
      scopes.add(match.group());
    } else {
      scopes.add(lower);
    }
    return List.copyOf(scopes);
  }

  /** The same for resources, which are listed by type. */
  public static List<String> ofTyped(String resourceId) {
    var type = ResourceType.of(resourceId).orElseThrow();
    return of(resourceId).stream().map(scope -> scope + TYPED + type).toList();
  }

  /** The scope of a text that {@link #ofTyped} made. */
  public static String scope(String typed) {
    return typed.substring(0, typed.indexOf(TYPED));
  }

  /** The type of a text that {@link #ofTyped} made. */
  public static String typeOf(String typed) {
    return typed.substring(typed.indexOf(TYPED) + 1);
  }
}
