package dev.managedidentity.dev.emulator.behaviour;

/** What a management lock forbids. */
public enum LockLevel {
  /** Deletes are refused. */
  CAN_NOT_DELETE,
  /** Writes and deletes are refused. */
  READ_ONLY;

  boolean forbids(OperationKind kind) {
    return switch (kind) {
      case DELETE -> true;
      case WRITE, ACTION -> this == READ_ONLY;
      case READ, LIST, TOKEN -> false;
    };
  }
}
