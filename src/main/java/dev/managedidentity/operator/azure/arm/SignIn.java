package dev.managedidentity.operator.azure.arm;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One of the operator's credentials, whose failures are told apart from those of a request, and
 * remembered for a moment: a thousand waiting calls must not try a wrong secret a thousand times in
 * a row.
 */
final class SignIn implements TokenCredential {
  private static final Duration MEMORY = Duration.ofSeconds(10);

  private final TokenCredential credential;
  private final String place;
  private final InstantSource clock;
  private volatile @Nullable Failure last;

  /**
   * Signs in with a credential.
   *
   * @param place where, and as whom if that is configured, for people
   */
  SignIn(TokenCredential credential, String place, InstantSource clock) {
    this.credential = credential;
    this.place = place;
    this.clock = clock;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    var failure = last;
    if (failure != null && clock.instant().isBefore(failure.forgottenAt())) {
      throw failure.cause();
    }
    try {
      var token = credential.getTokenSync(request);
      last = null;
      return withoutPastRefresh(token);
    } catch (RuntimeException e) { // the SDK throws many kinds; ProblemClassifier tells them apart
      var cause = new SignInException(e, place);
      last = new Failure(cause, clock.instant().plus(MEMORY));
      throw cause;
    }
  }

  /**
   * Entra names no time of refresh for tokens of an hour; azure-identity 1.19 reads that as 1970,
   * and azure-core then asks for another token every 30 seconds.
   */
  private static AccessToken withoutPastRefresh(AccessToken token) {
    var refreshAt = token.getRefreshAt();
    return refreshAt != null && refreshAt.toEpochSecond() == 0
        ? new AccessToken(token.getToken(), token.getExpiresAt(), null, token.getTokenType())
        : token;
  }

  private record Failure(SignInException cause, Instant forgottenAt) {}
}
