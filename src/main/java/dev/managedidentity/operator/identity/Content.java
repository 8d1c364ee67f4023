package dev.managedidentity.operator.identity;

import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.azure.IdentityDefinition;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.ownership.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is written to Azure objects, as one word to compare, and merged with what others wrote. */
final class Content {
  private Content() {}

  /** What an identity should be, as one word: equal words need no write. */
  static String of(IdentityDefinition definition) {
    var parts = new ArrayList<String>();
    parts.add(Boolean.toString(definition.isRegional()));
    new TreeMap<>(definition.tags()).forEach((name, value) -> parts.addAll(List.of(name, value)));
    return DerivedNames.digest(parts.toArray(String[]::new));
  }

  /** The condition and the description of a role assignment, as one word. */
  static String of(@Nullable String condition, @Nullable String description) {
    return DerivedNames.digest(text(condition), text(description));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  /**
   * A definition with the tags that others set on what was found: they stay. The operator's own
   * from before, whose names are {@code applied}, do not.
   */
  static IdentityDefinition merged(
      IdentityDefinition definition, AzureIdentity found, Collection<String> applied) {
    var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER); // as Azure compares
    tags.putAll(found.tags());
    var own = caseless(applied);
    tags.keySet().removeIf(name -> own.contains(name) || isOwners(name));
    tags.keySet().removeAll(caseless(definition.tags().keySet()));
    tags.putAll(definition.tags());
    return new IdentityDefinition(
        definition.id(), definition.location(), definition.isRegional(), tags);
  }

  private static boolean isOwners(String tag) {
    return tag.toLowerCase(Locale.ROOT).startsWith(Owner.TAG_PREFIX);
  }

  /** Names of the tags that are not the owner's: those may be dropped from the spec one day. */
  static Set<String> tagNames(IdentityDefinition definition) {
    var names = new TreeSet<>(definition.tags().keySet());
    names.removeIf(Content::isOwners);
    return names;
  }

  /** Whether an identity is as it should be; tags that others added do not matter. */
  static boolean isAsDefined(AzureIdentity found, IdentityDefinition definition) {
    return found.isRegional() == definition.isRegional() && wrongTags(found, definition).isEmpty();
  }

  /** Names of the tags that are not as they should be. */
  static Set<String> wrongTags(AzureIdentity found, IdentityDefinition definition) {
    var tags = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    tags.putAll(found.tags());
    var wrong = new TreeSet<String>();
    for (Map.Entry<String, String> tag : definition.tags().entrySet()) {
      if (!tag.getValue().equals(tags.get(tag.getKey()))) {
        wrong.add(tag.getKey());
      }
    }
    return wrong;
  }

  private static Set<String> caseless(Collection<String> names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }
}
