package dev.managedidentity.operator.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One turn of a pass: a plan was made and carried out, and this is how the resource stands.
 *
 * @param status to be saved before anything else happens
 * @param operations that were tried
 * @param findings what others changed in Azure, about to be repaired
 * @param notice what else people are told
 * @param next the turn to take once the status is saved; absent when the plan holds nothing more
 */
public record Turn<S>(
    S status,
    Verdict verdict,
    List<Operation> operations,
    List<Finding> findings,
    Optional<Notice> notice,
    Optional<Supplier<Turn<S>>> next) {
  public Turn {
    findings = List.copyOf(findings);
    operations = List.copyOf(operations);
  }

  /** A turn of which nothing more is told. */
  public Turn(
      S status,
      Verdict verdict,
      List<Operation> operations,
      List<Finding> findings,
      Optional<Supplier<Turn<S>>> next) {
    this(status, verdict, operations, findings, Optional.empty(), next);
  }

  /** A turn in which nothing was done. */
  public static <S> Turn<S> rehearsed(S status, Verdict verdict, Optional<Notice> notice) {
    return new Turn<>(status, verdict, List.of(), List.of(), notice, Optional.empty());
  }

  /** Whether something is in the way, so that no further turn makes sense now. */
  public boolean isStuck() {
    return verdict instanceof Verdict.Troubled;
  }
}
