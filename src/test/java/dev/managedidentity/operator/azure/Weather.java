package dev.managedidentity.operator.azure;

import dev.managedidentity.operator.azure.FakeAzure.Fault;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** Faults by chance: calls that fail in every way, and operators that are killed in between. */
public final class Weather implements Supplier<Fault> {
  private final Random random;
  private boolean isBad = true;

  public Weather(Random random) {
    this.random = random;
  }

  /** From now on nothing fails. */
  public void clear() {
    isBad = false;
  }

  /** From now on things fail again. */
  public void worsen() {
    isBad = true;
  }

  /** Kills the operator, sometimes. */
  public void mayKill() {
    if (isBad && random.nextInt(8) == 0) {
      throw new Killed();
    }
  }

  @Override
  public Fault get() {
    mayKill();
    return isBad && random.nextInt(3) == 0 ? fault() : Fault.NONE;
  }

  private Fault fault() {
    return switch (random.nextInt(7)) {
      case 0 -> new Fault(new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No."), false);
      case 1 -> new Fault(new Problem.Throttled(Duration.ofSeconds(1), "Slow down."), false);
      case 2 -> new Fault(new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, "Who?"), false);
      case 3 -> new Fault(new Problem.Contended("Not now."), false);
      case 4 -> new Fault(new Problem.Unreachable("No answer."), false);
      case 5 -> new Fault(new Problem.Unreachable("No answer."), true);
      default -> new Fault(new Problem.Unexpected("What?"), true);
    };
  }

  /** The operator's process is gone, with all that it had not saved. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
