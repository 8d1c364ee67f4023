package dev.managedidentity.dev.emulator.behaviour;

/** The classes of operations that Azure's limits tell apart. */
public enum OperationKind {
  READ,
  LIST,
  WRITE,
  DELETE,
  ACTION,
  TOKEN;

  /** Whether the operation changes something, and so is in the Activity log. */
  public boolean isWriting() {
    return this == WRITE || this == DELETE || this == ACTION;
  }
}
