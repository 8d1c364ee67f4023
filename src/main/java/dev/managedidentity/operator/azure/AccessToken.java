package dev.managedidentity.operator.azure;

import java.util.regex.Pattern;

/** A token for Azure Resource Manager; printing it never shows it. */
public record AccessToken(String value) {
  /** As RFC 6750 allows it, so that no header is ever refused in words that repeat it. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  public AccessToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("This is no access token");
    }
  }

  @Override
  public String toString() {
    return "AccessToken";
  }
}
