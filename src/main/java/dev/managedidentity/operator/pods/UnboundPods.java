package dev.managedidentity.operator.pods;

/** What becomes of pods that want an identity and whose service account has no binding. */
public enum UnboundPods {
  /** They are not scheduled until there is one. */
  WAIT,
  /** They start without an identity. */
  START
}
