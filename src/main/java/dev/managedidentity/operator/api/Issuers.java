package dev.managedidentity.operator.api;

/** The schema rule for issuers of tokens, shared by the types that have one. */
final class Issuers {
  static final int LENGTH = 600;
  static final String RULE =
      "self.matches('^https://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[!-~]*)?$')"
          + " && !self.matches('[?#]')";
  static final String MESSAGE =
      "issuer is an https URL of at most 600 characters with a host in lower case, without user,"
          + " query or fragment, such as https://token.actions.githubusercontent.com";

  private Issuers() {}
}
