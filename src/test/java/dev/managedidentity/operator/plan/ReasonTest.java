package dev.managedidentity.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
      FederationNotSupported
      WorkloadWithoutPodTemplate SystemAssignedNotShareable ShardNotBindable IdentityOnlyObserved
      OwnedByAnother NamespaceNotAllowed Guardrail ServiceAccountConflict BindingConflict
      IdentityNameTaken KubernetesForbidden SubjectAlreadyBound IssuerInvalid IssuerNotPublic
      IssuerNotReachable IssuerDiffers IssuerKeysDiffer CredentialQuotaExceeded
      RoleAssignmentQuotaExceeded Locked ImmutableConflict InternalError
      """
          .strip()
          .split("\\s+");

  private static final Pattern PAGE = Pattern.compile("docs/[\\w/.-]+[.]md");

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
  void advicePointsToPagesThatAreThere(Reason reason) {
    assertThat(PAGE.matcher(reason.advice()).results().map(MatchResult::group).map(Path::of))
        .allSatisfy(page -> assertThat(page).exists());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void meaningsAndAdviceAreSentences(Reason reason) {
    assertThat(reason.meaning()).matches("[A-Z].*[.]");
    assertThat(reason.advice()).matches("|[A-Z].*[.]");
  }
}
