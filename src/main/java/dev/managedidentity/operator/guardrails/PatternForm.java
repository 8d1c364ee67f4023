package dev.managedidentity.operator.guardrails;

import dev.managedidentity.operator.api.AzureSpec;
import java.util.regex.Pattern;

/** What the texts of a rule look like. */
public enum PatternForm {
  /** A whole subscription. */
  SUBSCRIPTION(Forms.SUBSCRIPTION, "a subscription's GUID, or * for every subscription"),
  /** Names of resource groups. */
  RESOURCE_GROUP(
      "[\\p{L}\\p{Nd}_().*-]{1,90}",
      "the name of a resource group, in which * stands for any text"),
  /** Names of identities. */
  NAME(
      "[a-zA-Z0-9_*-]{1,128}",
      "the name of an identity: letters, digits, '-' and '_', in which * stands for any text"),
  /** Resources below a subscription. */
  RESOURCE(
      Forms.RESOURCE,
      "a resource id that begins with /subscriptions/<GUID> or /subscriptions/*, or the beginning"
          + " of one at a slash; * stands for any text between two slashes"),
  /** Places of role assignments. */
  SCOPE(
      Forms.RESOURCE + "|" + Forms.MANAGEMENT_GROUP,
      "the resource id of a scope, or the beginning of one at a slash: /subscriptions/<GUID>,"
          + " /subscriptions/*, .../resourceGroups/<name>, .../providers/..., where * stands for"
          + " any text between two slashes; or a management group in full,"
          + " /providers/Microsoft.Management/managementGroups/<name>"),
  /** Issuers of tokens. */
  ISSUER(
      "[*]|https://[A-Za-z0-9.*-]+(?::[0-9]{1,5})?(?:/" + ResourcePath.PART + ")*/?",
      "an issuer, an https URL of a host and a path, where * stands for any text between two"
          + " slashes; or * for every issuer"),
  /** Roles by name or definition. */
  ROLE(
      "(?!/)\\S(.*\\S)?|(?i)" + Forms.DEFINITION,
      "the name of a role, in which * stands for any text, or the GUID or resource id of its"
          + " definition");

  private static final int LONGEST = 1024;

  private final Pattern form;
  private final String allowed;

  PatternForm(String form, String allowed) {
    this.form = Pattern.compile(form);
    this.allowed = allowed;
  }

  /** Whether a text has the form. */
  public boolean isMetBy(String text) {
    return text.length() <= LONGEST && form.matcher(text).matches();
  }

  /** The form in words that follow "must be". */
  public String allowed() {
    return allowed;
  }

  /** The regular expressions, which an enum cannot hold before its constants. */
  private static final class Forms {
    static final String SUBSCRIPTION = AzureSpec.GUID + "|[*]";
    static final String PARTS = "(?:/" + ResourcePath.PART + ")";
    static final String RESOURCE =
        "(?i:/subscriptions)/(?:%s)(?:(?i:/resourceGroups)%s(?:(?i:/providers)%s+)?|(?i:/providers)%s+)?"
            .formatted(SUBSCRIPTION, PARTS, PARTS, PARTS);
    static final String MANAGEMENT_GROUP =
        "(?i:/providers/Microsoft[.]Management/managementGroups)/(?!.*[*])" + ResourcePath.PART;
    static final String DEFINITION =
        "(?:/subscriptions/%s)?/providers/Microsoft[.]Authorization/roleDefinitions/%s"
            .formatted(AzureSpec.GUID, AzureSpec.GUID);
  }
}
