package dev.managedidentity.operator.plan;

import java.time.Duration;

/**
 * Something that did not go as asked. The kind decides what happens to {@code Ready} and to what
 * was planned next; the reason is looked up in the one table; the detail says what this case was
 * about.
 */
public sealed interface Problem {
  /** The row of the table. */
  Reason reason();

  /** What this case was about: names, ids, Azure's own words. Never a secret. */
  String detail();

  /** What a person can do: what the table says, where this case is like all others. */
  default String advice() {
    return reason().advice();
  }

  /** Detail and advice as one message for people. */
  default String message() {
    return advice().isEmpty() ? detail() : detail() + " " + advice();
  }

  /** A neighbour or Azure is not there yet: {@code Ready=Unknown}, and False if it lasts. */
  record Waiting(Reason reason, String detail) implements Problem {}

  /** The spec, the configuration or the world must be changed by a person: {@code Ready=False}. */
  record Rejected(Reason reason, String detail) implements Problem {}

  /** Ownership or consent forbids it: {@code Ready=False}. */
  record Refused(Reason reason, String detail, String advice) implements Problem {
    /** A refusal that is like all others of the reason. */
    public Refused(Reason reason, String detail) {
      this(reason, detail, reason.advice());
    }
  }

  /** The operator lacks a right: {@code Ready=False}. */
  record Denied(Reason reason, String detail) implements Problem {}

  /** What was asked to change or to be a parent is not there: {@code Ready=False}. */
  record Missing(Reason reason, String detail) implements Problem {}

  /** A limit of Azure is reached: {@code Ready=False}. */
  record QuotaReached(Reason reason, String detail) implements Problem {}

  /** Another object or a lock is in the way: {@code Ready=False}. */
  record Blocked(Reason reason, String detail) implements Problem {}

  /** Azure said slow down: a proven {@code Ready} stays. */
  record Throttled(Duration retryAfter, String detail) implements Problem {
    @Override
    public Reason reason() {
      return Reason.THROTTLED;
    }
  }

  /** Two writes met: a proven {@code Ready} stays. */
  record Contended(String detail) implements Problem {
    @Override
    public Reason reason() {
      return Reason.CONTENDED;
    }
  }

  /** No answer, or none that counts; the write may have happened. A proven {@code Ready} stays. */
  record Unreachable(String detail) implements Problem {
    @Override
    public Reason reason() {
      return Reason.UNREACHABLE;
    }
  }

  /** An answer that nobody expected; the write may have happened. */
  record Unexpected(String detail) implements Problem {
    @Override
    public Reason reason() {
      return Reason.INTERNAL_ERROR;
    }
  }

  /** Whether Azure certainly did not carry out the write that this is the answer to. */
  default boolean isDefinite() {
    return switch (this) {
      case Waiting _, Rejected _, Refused _, Denied _, Missing _, QuotaReached _, Blocked _ -> true;
      case Throttled _, Contended _ -> true;
      case Unreachable _, Unexpected _ -> false;
    };
  }

  /** Whether it passes by itself and says nothing about the resource. */
  default boolean isTransient() {
    return switch (this) {
      case Throttled _, Contended _, Unreachable _, Unexpected _ -> true;
      case Waiting _, Rejected _, Refused _, Denied _, Missing _, QuotaReached _, Blocked _ ->
          false;
    };
  }
}
