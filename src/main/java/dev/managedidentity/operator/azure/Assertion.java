package dev.managedidentity.operator.azure;

import java.util.regex.Pattern;

/**
 * A signed token with which a workload proves to Microsoft Entra ID who it is; printing it never
 * shows it.
 *
 * @param issuer who signed it, as it says itself
 */
public record Assertion(String value, String issuer) {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  public Assertion {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("This is no signed token");
    }
  }

  @Override
  public String toString() {
    return "Assertion of " + issuer;
  }
}
