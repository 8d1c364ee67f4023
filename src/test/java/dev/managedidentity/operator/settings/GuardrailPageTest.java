package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.guardrails.Guardrails.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/guardrails.md shows is what happens. */
class GuardrailPageTest {
  private static final Path PAGE = Path.of("docs/guardrails.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)\n```yaml\n(.*?)\n```\n");
  private static final String ONES = "11111111-1111-1111-1111-111111111111";
  private static final Place SHOP = new Place("shop", Map.of("team", "shop"));

  @TempDir private Path folder = Path.of("");

  @Test
  void theRefusalReadsAsThePageShowsIt() throws IOException {
    var refusal = example(0).role(SHOP, "Owner", "/subscriptions/" + ONES).orElseThrow();

    assertThat(Files.readString(PAGE)).contains("\n```\n" + refusal.message() + "\n```\n");
  }

  @Test
  void everybodyMakesStorageReadable() throws IOException {
    var data = "/subscriptions/" + ONES + "/resourceGroups/shared-data";

    assertThat(example(0).role(SHOP, "Storage Queue Data Reader", data + "/providers/a/b/c"))
        .isEmpty();
    assertThat(example(0).identity(SHOP, ONES, "platform", "orders")).isEmpty();
  }

  @Test
  void aTeamHasResourceGroupsOfItsOwn() throws IOException {
    var group = "/subscriptions/" + ONES + "/resourceGroups/shop-live";
    var team = example(1);

    assertThat(team.identity(SHOP, ONES, "shop-live", "orders")).isEmpty();
    assertThat(team.identity(SHOP, ONES, "platform", "orders")).isPresent();
    assertThat(team.adoption(SHOP, group + "/providers/a/b/c")).isEmpty();
    assertThat(team.role(SHOP, "Contributor", group)).isEmpty();
    assertThat(team.role(SHOP, "Owner", group)).isPresent();
    assertThat(team.resource(SHOP, group + "/providers/Microsoft.Compute/virtualMachines/vm1"))
        .isEmpty();
    assertThat(team.role(new Place("bank", Map.of()), "Contributor", group)).isPresent();
  }

  @Test
  void onePlatformNamespaceGrantsOwnerOnASandbox() throws IOException {
    var platform = new Place("platform", Map.of());
    var sandbox = "/providers/Microsoft.Management/managementGroups/sandbox";

    assertThat(example(2).role(platform, "Owner", sandbox)).isEmpty();
    assertThat(example(2).identity(platform, ONES, "platform", "dev-x")).isPresent();
    assertThat(example(2).role(SHOP, "Owner", sandbox)).isPresent();
    assertThat(example(2).identity(SHOP, ONES, "platform", "dev-x")).isEmpty();
    assertThat(example(2).identity(SHOP, ONES, "platform", "x")).isPresent();
    assertThat(
            example(2)
                .identity(new Place("live", Map.of("env", "production")), ONES, "platform", "x"))
        .isEmpty();
  }

  @Test
  void thePageNamesEveryKey() throws IOException {
    var page = Files.readString(PAGE);

    assertThat(GuardrailRule.class.getRecordComponents())
        .allSatisfy(component -> assertThat(page).contains("\n| `" + component.getName() + "` | "));
  }

  @Test
  void aTeamTrustsItsPipelines() throws IOException {
    var team = example(3);

    assertThat(team.issuer(SHOP, "https://token.actions.githubusercontent.com")).isEmpty();
    assertThat(team.issuer(SHOP, "https://token.actions.githubusercontent.com/other")).isPresent();
    assertThat(
            team.issuer(
                SHOP, "https://westeurope.oic.prod-aks.azure.com/%s/%s/".formatted(ONES, ONES)))
        .isEmpty();
    assertThat(
            team.issuer(new Place("bank", Map.of()), "https://token.actions.githubusercontent.com"))
        .isPresent();
  }

  private Guardrails example(int index) throws IOException {
    var examples =
        EXAMPLE
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult example) -> example.group(1))
            .toList();
    assertThat(examples).hasSize(4);
    var file = Files.writeString(folder.resolve("config.yaml"), examples.get(index));
    var settings = SettingsReader.read(Optional.of(file), Map.of()).guardrails();
    return new Guardrails(
        List.copyOf(settings.rules()), ONES, "platform", settings.removeRefusedRoles());
  }
}
