package dev.managedidentity.operator.api;

/** Whether a binding uses an identity, from not at all to certainly. */
public enum Use {
  /** Nothing of the binding is on the identity. */
  NONE,
  /** A credential or an assignment may be there: it is named, or in doubt. */
  MAYBE,
  /** A credential or an assignment is there. */
  YES
}
