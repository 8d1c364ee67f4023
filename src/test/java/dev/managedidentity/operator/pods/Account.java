package dev.managedidentity.operator.pods;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account as the golden files write it. */
record Account(List<Bound> bound, @JsonProperty("isSetByOthers") boolean isSetByOthers) {
  /** One identity. */
  record Bound(
      String binding,
      String identity,
      @JsonProperty("isDefault") boolean isDefault,
      @Nullable String clientId,
      @Nullable String tenantId,
      String audience,
      int expirationSeconds,
      @Nullable String waiting) {}

  AccountIdentities identities() {
    return new AccountIdentities(
        bound.stream()
            .map(
                one ->
                    new BoundIdentity(
                        one.binding(),
                        one.identity(),
                        one.isDefault(),
                        Optional.ofNullable(one.clientId()),
                        Optional.ofNullable(one.tenantId()),
                        one.audience(),
                        one.expirationSeconds(),
                        false,
                        Optional.ofNullable(one.waiting())))
            .toList(),
        isSetByOthers);
  }
}
