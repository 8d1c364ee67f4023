package dev.managedidentity.dev.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.pki.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plain HTTP client of one emulator, with no knowledge of Azure but its addresses. */
final class ArmClient implements AutoCloseable {
  static final String IDENTITY_VERSION = "2024-11-30";
  static final String ROLE_VERSION = "2022-04-01";
  static final String GROUP_VERSION = "2021-04-01";

  private final AzureEmulator emulator;
  private final HttpClient http;

  ArmClient(AzureEmulator emulator) {
    this.emulator = emulator;
    this.http =
        HttpClient.newBuilder()
            .sslContext(TrustedCertificates.ofPem(emulator.caPem()).clientContext())
            .build();
  }

  /** What came back. */
  record Reply(int status, Map<String, String> headers, String text) {
    JsonNode json() {
      try {
        return text.isEmpty() ? MissingNode.getInstance() : Json.parse(text);
      } catch (IOException e) {
        throw new AssertionError("The reply is not JSON: " + text, e);
      }
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    String errorCode() {
      return json().path("error").path("code").asText();
    }

    String errorMessage() {
      return json().path("error").path("message").asText();
    }
  }

  /** A token for Resource Manager, by the operator's own secret. */
  String operatorToken() {
    return token(emulator.clientId(), emulator.clientSecret());
  }

  String token(String clientId, String secret) {
    var reply =
        tokenRequest(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                clientId,
                "client_secret",
                secret,
                "scope",
                "https://management.azure.com/.default"));
    return reply.json().path("access_token").asText();
  }

  Reply tokenRequest(Map<String, String> form) {
    return tokenRequest(emulator.tenantId(), form);
  }

  Reply tokenRequest(String tenant, Map<String, String> form) {
    var body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(emulator.authorityHost() + tenant + "/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A call with the operator's token; the path starts with a slash and may have a query. */
  Reply call(String method, String pathAndQuery, String body) {
    return call(operatorToken(), method, pathAndQuery, body);
  }

  Reply call(String token, String method, String pathAndQuery, String body) {
    return send(request(method, pathAndQuery, body).header("Authorization", "Bearer " + token));
  }

  HttpRequest.Builder request(String method, String pathAndQuery, String body) {
    var target =
        pathAndQuery.startsWith("https:") ? pathAndQuery : emulator.armEndpoint() + pathAndQuery;
    return HttpRequest.newBuilder(URI.create(target.replace(" ", "%20")))
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var headers =
          response.headers().map().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getFirst()));
      return new Reply(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new ConnectionLost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The server closed the connection without an answer. */
  static final class ConnectionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionLost(IOException cause) {
      super(cause);
    }
  }

  String group() {
    return "/subscriptions/" + emulator.subscriptionId() + "/resourceGroups/platform";
  }

  String identity(String name) {
    return group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name;
  }

  String credential(String identity, String name) {
    return identity(identity) + "/federatedIdentityCredentials/" + name;
  }

  Reply putIdentity(String name) {
    return call(
        "PUT",
        identity(name) + "?api-version=" + IDENTITY_VERSION,
        """
        {"location": "westeurope"}\
        """);
  }

  Reply putCredential(String identity, String name, String issuer, String subject) {
    return call(
        "PUT",
        credential(identity, name) + "?api-version=" + IDENTITY_VERSION,
        """
        {"properties": {"issuer": "%s", "subject": "%s", "audiences": ["api://AzureADTokenExchange"]}}\
        """
            .formatted(issuer, subject));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
