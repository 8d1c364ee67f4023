package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How many credentials of an identity are somebody else's. */
class CredentialCountTest {
  private static final IdentityId ID = new IdentityId("sub", "group", "Orders");

  private final List<String> changed = new ArrayList<>();
  private final Census census = new Census(changed::add);
  private final CredentialCount count =
      new CredentialCount(census, id -> id.contains("/federatedidentitycredentials/ours"));

  @Test
  void countsThoseThatAreNoBindings() {
    count.count(ID.toString(), List.of(credential("ours-1"), credential("theirs")));

    assertThat(census.foreign(ID.toString())).isEqualTo(1);
    assertThat(changed).containsExactly(ID.toString().toLowerCase(Locale.ROOT));
  }

  /** Else the same binding would try again at once, and again. */
  @Test
  void onAFullIdentityWhatTheListLacksIsSomebodyElses() {
    count.countFull(ID.toString(), List.of(credential("ours-1"), credential("ours-2")));

    assertThat(census.foreign(ID.toString())).isEqualTo(18);
  }

  @Test
  void whatAListShowsLaterIsBelieved() {
    count.countFull(ID.toString(), List.of());
    count.count(ID.toString(), List.of(credential("ours-1")));

    assertThat(census.foreign(ID.toString())).isZero();
    assertThat(changed).hasSize(2);
  }

  private static FederatedCredential credential(String name) {
    return new FederatedCredential(ID, name, "https://issuer", "subject of " + name, "audience");
  }
}
