package dev.managedidentity.operator.proof;

import dev.managedidentity.operator.plan.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What workloads' own tokens showed of their identities' roles, until the identities have taken it
 * down.
 */
public final class RoleProofs {
  private final Map<String, Map<Claim.Grant, Result>> results = new ConcurrentHashMap<>();
  private final Consumer<String> news;

  /**
   * Nothing is known yet.
   *
   * @param news told the resource id of an identity, in lower case, of which more is known
   */
  public RoleProofs(Consumer<String> news) {
    this.news = news;
  }

  /**
   * What was found of one grant.
   *
   * @param problem why it is not in force; empty when it is
   */
  public record Result(Instant time, Optional<Problem> problem) {}

  /** Takes down what an exchange showed. */
  public void report(String identity, Proof.Exchanged proof, Instant now) {
    if (proof.grants().isEmpty()) {
      return;
    }
    var found = new HashMap<Claim.Grant, Result>();
    proof.grants().forEach(one -> found.put(one.grant(), new Result(now, one.problem())));
    var key = key(identity);
    var before = results.put(key, Map.copyOf(found));
    if (!Objects.equals(problems(before), problems(found))) {
      news.accept(key);
    }
  }

  /** What was last found of a grant of this identity. */
  public Optional<Result> find(String identity, Claim.Grant grant) {
    return Optional.ofNullable(results.get(key(identity))).map(found -> found.get(grant));
  }

  /** The identity has taken it down. */
  public void forget(String identity, Claim.Grant grant) {
    results.computeIfPresent(
        key(identity),
        (_, found) -> {
          var rest = new HashMap<>(found);
          rest.remove(grant);
          return rest.isEmpty() ? null : Map.copyOf(rest);
        });
  }

  private static Map<Claim.Grant, Optional<Problem>> problems(
      @Nullable Map<Claim.Grant, Result> found) {
    var problems = new HashMap<Claim.Grant, Optional<Problem>>();
    if (found != null) {
      found.forEach((grant, result) -> problems.put(grant, result.problem()));
    }
    return problems;
  }

  private static String key(String identity) {
    return identity.toLowerCase(Locale.ROOT);
  }
}
