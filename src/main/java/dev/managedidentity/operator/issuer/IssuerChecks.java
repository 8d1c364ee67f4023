package dev.managedidentity.operator.issuer;

import dev.managedidentity.operator.plan.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Knows of every issuer that is asked for whether Entra would accept its tokens. A good report is
 * good for an hour; a bad one is doubted soon, and less and less often. One issuer is looked at
 * once at a time: whoever asks meanwhile has the report before, or waits for the first.
 */
public final class IssuerChecks implements AutoCloseable {
  private static final int MOST = 1000;

  private final IssuerCheck check;
  private final Predicate<String> isOwn;
  private final Runnable closing;
  private final LongSupplier ticker;
  private final Map<Question, StandingReport> reports = new LastAsked();

  /** What was asked: the cluster's own issuer must answer for its keys too. */
  private record Question(String issuer, boolean isOwn) {}

  /**
   * What the cluster says of itself.
   *
   * @param isOwn whether the cluster itself signs the tokens of an issuer
   * @param keys the JSON Web Key Set of its API server; empty when it tells none
   */
  public record Cluster(Predicate<String> isOwn, Supplier<Optional<String>> keys) {}

  /**
   * Checks over the network.
   *
   * @param tls whom to trust: what Entra trusts
   * @param mustBePublic whether Entra is on the Internet, as it is in every cloud but a custom one
   * @param ticker nanoseconds that only grow
   */
  public static IssuerChecks overHttps(
      SSLContext tls, boolean mustBePublic, Cluster cluster, LongSupplier ticker) {
    var web = new HttpsWeb(tls, HttpsWeb.PATIENCE);
    return new IssuerChecks(
        new IssuerCheck(web, mustBePublic, cluster.keys()), cluster.isOwn(), web::close, ticker);
  }

  IssuerChecks(IssuerCheck check, Predicate<String> isOwn, Runnable closing, LongSupplier ticker) {
    this.check = check;
    this.isOwn = isOwn;
    this.closing = closing;
    this.ticker = ticker;
  }

  /** What is known of an issuer; looks when nothing is known or it is time to look again. */
  public IssuerReport report(String issuer) {
    var question = new Question(issuer, isOwn.test(issuer));
    return standing(question).report(() -> answer(question));
  }

  @Override
  public void close() {
    closing.run();
  }

  private IssuerReport answer(Question question) {
    Optional<Problem> problem = check.check(question.issuer(), question.isOwn());
    return new IssuerReport(question.issuer(), problem);
  }

  private StandingReport standing(Question question) {
    synchronized (reports) {
      return reports.computeIfAbsent(question, _ -> new StandingReport(ticker));
    }
  }

  /** Forgets what was asked longest ago: people can name any number of issuers. */
  private static final class LastAsked extends LinkedHashMap<Question, StandingReport> {
    private static final long serialVersionUID = 1L;

    LastAsked() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Question, StandingReport> eldest) {
      return size() > MOST;
    }
  }
}
