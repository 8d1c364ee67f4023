package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.issuer.IssuerReport;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whose tokens the cluster's service accounts have.
 *
 * @param current the issuer of new tokens
 * @param additional further issuers, whose tokens are to be accepted too
 * @param reports what is known of an issuer; may look for it over the network
 */
public record TokenIssuers(
    Supplier<String> current, List<String> additional, Function<String, IssuerReport> reports) {
  public TokenIssuers {
    additional = List.copyOf(additional);
  }
}
