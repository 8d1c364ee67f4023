package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.proof.Claim;
import dev.managedidentity.operator.proof.Proof;
import dev.managedidentity.operator.proof.RoleProofs;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries what pods do.
 *
 * @param tries a claim, once; blocks
 * @param delays told how long after its first write a credential was of use
 * @param roles where what was learned of an identity's roles is put down
 */
public record SignIns(Function<Claim, Proof> tries, RoleProofs roles, Consumer<Duration> delays) {
  Proof prove(Claim claim) {
    return tries.apply(claim);
  }
}
