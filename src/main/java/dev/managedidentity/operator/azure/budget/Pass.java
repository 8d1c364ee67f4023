package dev.managedidentity.operator.azure.budget;

/** The right to send one call. It must be given back, also when the call failed. */
public interface Pass {
  /** The call has ended. */
  void end(Result result);
}
