package dev.managedidentity.operator.azure;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An Azure to work in: where it signs callers in and where it manages resources.
 *
 * @param authorityHost where Microsoft Entra ID issues tokens
 * @param resourceManagerEndpoint where Azure Resource Manager answers
 * @param resourceManagerAudience whom a token for Azure Resource Manager is meant for
 * @param caFile PEM file of certificate authorities to trust besides those that Java trusts
 * @param isCustom whether it is none of the clouds that Microsoft Entra ID knows about, so that its
 *     authority host must not be looked up there
 */
public record Cloud(
    String name,
    String authorityHost,
    String resourceManagerEndpoint,
    String resourceManagerAudience,
    @Nullable Path caFile,
    boolean isCustom) {
  /** Azure as most of the world uses it. */
  public static final Cloud PUBLIC =
      known("Public", "https://login.microsoftonline.com", "https://management.azure.com");

  /** Azure for the government of the United States. */
  public static final Cloud US_GOVERNMENT =
      known(
          "USGovernment",
          "https://login.microsoftonline.us",
          "https://management.usgovcloudapi.net");

  /** Azure in China, operated by 21Vianet. */
  public static final Cloud CHINA =
      known(
          "China",
          "https://login.partner.microsoftonline.cn",
          "https://management.chinacloudapi.cn");

  public Cloud {
    authorityHost = https("authority host", authorityHost);
    resourceManagerEndpoint = https("Resource Manager endpoint", resourceManagerEndpoint);
    resourceManagerAudience = withoutSlash(resourceManagerAudience);
  }

  /** An Azure with endpoints of its own. */
  public static Cloud custom(
      String authorityHost,
      String resourceManagerEndpoint,
      String resourceManagerAudience,
      @Nullable Path caFile) {
    return new Cloud(
        "Custom", authorityHost, resourceManagerEndpoint, resourceManagerAudience, caFile, true);
  }

  /** The audience of service account tokens that this cloud exchanges, where none is configured. */
  public String federationAudience() {
    return switch (name) {
      case "USGovernment" -> "api://AzureADTokenExchangeUSGov";
      case "China" -> "api://AzureADTokenExchangeChina";
      default -> "api://AzureADTokenExchange";
    };
  }

  private static Cloud known(String name, String authorityHost, String endpoint) {
    return new Cloud(name, authorityHost, endpoint, endpoint, null, false);
  }

  private static String https(String what, String text) {
    var uri = URI.create(text);
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "The %s of a cloud is an https URL, not '%s'".formatted(what, text));
    }
    return withoutSlash(text);
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
