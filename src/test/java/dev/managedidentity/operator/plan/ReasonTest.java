package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  /** Alerts and scripts depend on these words: one may be added, none changed or removed. */
  private static final String[] WORDS =
      """
      Provisioned Bound Observed Paused ServiceAccountExclusive ServiceAccountShared
      Progressing Deleting IdentityNotFound IdentityNotReady ServiceAccountNotFound
      WorkloadNotFound OperationInProgress InUse PrincipalNotVisible TokenExchangeVerified
      TokenExchangePending TokenAudienceRefused TokenSignatureRefused EntraCannotReachIssuer
      SubjectCaseDiffers ClocksDiffer TenantNotFound TokenExchangeRefused RolesEffective
      RolesPending VerificationDisabled NotApplicable Throttled Contended
      Unreachable InvalidRequest DisallowedByPolicy SubscriptionNotUsable
      ConfigurationIncomplete ResourceGroupNotFound RoleNotFound ScopeNotFound
      AuthorizationFailed SignInFailed AzureResourceNotFound IdentityNotSupported
      WorkloadWithoutPodTemplate SystemAssignedNotShareable IdentityOnlyObserved
      OwnedByAnother NamespaceNotAllowed Guardrail ServiceAccountConflict BindingConflict
      IdentityNameTaken KubernetesForbidden SubjectAlreadyBound CredentialQuotaExceeded
      RoleAssignmentQuotaExceeded Locked ImmutableConflict InternalError
      """
          .strip()
          .split("\\s+");

  @Test
  void wordsAreStable() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::word)).containsExactly(WORDS);
  }

  /** The form that the API server demands of a condition's reason, without its odder letters. */
  @ParameterizedTest
  @EnumSource(Reason.class)
  void wordsAreInCamelCase(Reason reason) {
    assertThat(reason.word()).matches("([A-Z][a-z]+)+");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void meaningsAndAdviceAreSentences(Reason reason) {
    assertThat(reason.meaning()).matches("[A-Z].*[.]");
    assertThat(reason.advice()).matches("|[A-Z].*[.]");
  }
}
