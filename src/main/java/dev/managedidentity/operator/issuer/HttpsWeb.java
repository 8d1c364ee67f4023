package dev.managedidentity.operator.issuer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The web as it is: follows no redirect, reads no endless document and waits for none. */
final class HttpsWeb implements Web, AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_DOCUMENT = 1024 * 1024;

  private final HttpClient client;
  private final Duration patience;

  HttpsWeb(SSLContext tls, Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Fetched fetch(String address) {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(patience)
            .header("Accept", "application/json, */*;q=0.5")
            .build();
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_DOCUMENT));
    try {
      // the request's own timeout ends with the headers: a body could take for ever
      return fetched(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      answer.cancel(true);
      return new Fetched.Failed("does not answer within %s s".formatted(patience.toSeconds()));
    } catch (ExecutionException e) {
      return new Fetched.Failed(why(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Fetched.Failed("was not waited for");
    }
  }

  @Override
  public List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      return List.of();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static Fetched fetched(HttpResponse<String> response) {
    return response.statusCode() == 200
        ? new Fetched.Document(response.body())
        : new Fetched.Failed("answers with status %d".formatted(response.statusCode()));
  }

  private String why(Throwable failure) {
    return switch (failure) {
      case SSLException tls -> "has no TLS certificate that is trusted" + said(tls.getMessage());
      case HttpTimeoutException _ -> "does not answer within %s s".formatted(patience.toSeconds());
      case ConnectException refused -> "cannot be connected to" + said(refused.getMessage());
      case IOException broken -> "cannot be read" + said(broken.getMessage());
      default -> "cannot be read" + said(failure.toString());
    };
  }

  private static String said(@Nullable String message) {
    return message == null ? "" : " (%s)".formatted(Words.shown(message));
  }
}
