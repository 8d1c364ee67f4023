package dev.managedidentity.operator.inventory;

import dev.managedidentity.operator.azure.FederatedCredential;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Counts, of each list of an identity's credentials, those that are somebody else's.
 *
 * @param isOurs whether the credential with this resource id, in lower case, is some binding's
 */
public record CredentialCount(Census census, Predicate<String> isOurs) {
  /** Whether the credential is some binding's. */
  public boolean isOurs(FederatedCredential credential) {
    return isOurs.test(credential.id().toLowerCase(Locale.ROOT));
  }

  /** Takes down what the list shows. */
  public void count(String identity, List<FederatedCredential> listed) {
    count(identity, listed, listed.size());
  }

  /**
   * Takes down what the list shows of an identity on which Azure has no room: what the list lacks
   * is somebody else's, and not shown yet.
   */
  public void countFull(String identity, List<FederatedCredential> listed) {
    count(identity, listed, Math.max(listed.size(), FederatedCredential.LIMIT));
  }

  private void count(String identity, List<FederatedCredential> listed, int total) {
    var ours = (int) listed.stream().filter(this::isOurs).count();
    census.counted(identity, total - ours);
  }
}
