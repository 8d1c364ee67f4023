package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong inside the keys whose values are lists: rules and credentials. */
class ListErrorsTest {
  private static final String GUID = "11111111-2222-3333-4444-555555555555";

  @Test
  void listsEveryErrorOfEveryRuleAtOnce() {
    assertThat(
            wrong(
                "MIO_GUARDRAILS_RULES",
                """
                - name: shop
                  namespaces: {matchLabels: {team: shop}}
                  role: [Reader]
                  scopes: [/subscriptions/shop, /subscriptions/*]
                - name: shop
                  namespaces: {}
                  names: [orders.api]
                - resourceGroups: []
                - platform
                """))
        .isEqualTo(
            """
            The configuration has 9 errors:
              - guardrails.rules[0].role of rule shop (environment variable MIO_GUARDRAILS_RULES) is not a key. Did you mean roles?
              - guardrails.rules[0].scopes[0] of rule shop (environment variable MIO_GUARDRAILS_RULES) is "/subscriptions/shop". It must be the resource id of a scope, or the beginning of one at a slash: /subscriptions/<GUID>, /subscriptions/*, .../resourceGroups/<name>, .../providers/..., where * stands for any text between two slashes; or a management group in full, /providers/Microsoft.Management/managementGroups/<name>.
              - guardrails.rules[0].roles of rule shop (environment variable MIO_GUARDRAILS_RULES) is missing or empty. With scopes it must be a list too: a role is allowed at a scope.
              - guardrails.rules[1].name (environment variable MIO_GUARDRAILS_RULES) is "shop" once more. Rules have different names.
              - guardrails.rules[1].names[0] of rule shop (environment variable MIO_GUARDRAILS_RULES) is "orders.api". It must be the name of an identity: letters, digits, '-' and '_', in which * stands for any text.
              - guardrails.rules[2].name (environment variable MIO_GUARDRAILS_RULES) is missing. It must be 1 to 63 letters, digits, '-', '_' or '.', a letter or digit first and last.
              - guardrails.rules[2].namespaces (environment variable MIO_GUARDRAILS_RULES) is missing. It must be a label selector with matchLabels and matchExpressions, such as {matchLabels: {team: shop}}; {} selects every namespace.
              - guardrails.rules[2].resourceGroups (environment variable MIO_GUARDRAILS_RULES) is an empty list. Leave it out for the default resource group alone, or list some.
              - guardrails.rules[3] (environment variable MIO_GUARDRAILS_RULES) is not a mapping. It must be a mapping of keys to values.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: ''                                           | .name is "". It must be 1 to 63 letters
          name: 7                                            | .name is 7 without quotes
          namespaces: shop                                   | .namespaces of rule shop is not a mapping
          namespaces: {labels: {team: shop}}                 | .namespaces.labels of rule shop is not a key. Did you mean matchLabels?
          namespaces: {matchLabels: [team]}                  | .namespaces.matchLabels of rule shop is not a mapping
          namespaces: {matchLabels: {team: true}}            | .namespaces.matchLabels.team of rule shop is true without quotes
          namespaces: {matchLabels: {team: a b}}             | .namespaces.matchLabels.team of rule shop is "a b"
          namespaces: {matchLabels: {-team: a}}              | .namespaces.matchLabels of rule shop has the key "-team"
          namespaces: {matchExpressions: {key: a}}           | .namespaces.matchExpressions of rule shop is not a list
          namespaces: {matchExpressions: [{operator: Exists}]} | .namespaces.matchExpressions[0].key of rule shop is missing
          namespaces: {matchExpressions: [{key: a, operator: in}]} | .namespaces.matchExpressions[0].operator of rule shop is "in". It must be one of In, NotIn, Exists, DoesNotExist
          namespaces: {matchExpressions: [{key: a, operator: In}]} | .namespaces.matchExpressions[0].values of rule shop is missing or empty
          namespaces: {matchExpressions: [{key: a, operator: Exists, values: [b]}]} | .namespaces.matchExpressions[0].values of rule shop is given
          subscriptions: ["sub*"]                            | .subscriptions[0] of rule shop is "sub*". It must be a subscription's GUID, or *
          subscriptions: []                                  | .subscriptions of rule shop is an empty list. Leave it out for the default subscription alone
          names: []                                          | .names of rule shop is an empty list. Leave it out for any name
          names: orders                                      | .names of rule shop is not a list
          resourceGroups: [a/b]                              | .resourceGroups[0] of rule shop is "a/b"
          adoptable: [orders]                                | .adoptable[0] of rule shop is "orders"
          azureResources: [/providers/x]                     | .azureResources[0] of rule shop is "/providers/x"
          issuers: [http://a.example]                        | .issuers[0] of rule shop is "http://a.example". It must be an issuer
          issuers: ["https://*@a.example/"]                  | .issuers[0] of rule shop is "https://*@a.example/"
          issuers: ["https://a.example/?b"]                  | .issuers[0] of rule shop is "https://a.example/?b"
          roles: [Reader]                                    | .scopes of rule shop is missing or empty. With roles
          roles: [/Reader]                                   | .roles[0] of rule shop is "/Reader"
          """)
  void saysWhatIsWrongInARule(String line, String wrong) {
    var name = line.startsWith("name:") ? "" : "  name: shop\n";
    var namespaces = line.startsWith("namespaces:") ? "" : "  namespaces: {}\n";

    var message = wrong("MIO_GUARDRAILS_RULES", "- " + line + "\n" + name + namespaces);

    assertThat(message.replace(" (environment variable MIO_GUARDRAILS_RULES)", ""))
        .contains("- guardrails.rules[0]" + wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{tenantId: G, clientId: G}]                                | [0].subscriptions E is missing or empty
          [{subscriptions: [], tenantId: G, clientId: G}]             | [0].subscriptions E is missing or empty
          [{subscriptions: [shop], tenantId: G, clientId: G}]         | [0].subscriptions[0] E is "shop"
          [{subscriptions: G, tenantId: G, clientId: G}]              | [0].subscriptions E is not a list
          [{subscriptions: [G], clientId: G}]                         | [0].tenantId E is missing. It must be a GUID
          [{subscriptions: [G], tenantId: G, clientId: me}]           | [0].clientId E is "me"
          [{subscriptions: [G], tenantId: G, clientSecret: s}]        | [0].clientSecret E is not a key. Keys here are subscriptions, tenantId, clientId
          [{subscriptions: [G, G], tenantId: G, clientId: G}]         | [0].subscriptions E has G twice
          [{subscriptions: [G], tenantId: G, clientId: G}, {subscriptions: [G], tenantId: G, clientId: G}] | [1].subscriptions E has G, as [0] has
          """)
  void saysWhatIsWrongInACredential(String value, String wrong) {
    assertThat(wrong("MIO_AZURE_CREDENTIALS", value.replaceAll("\\bG\\b", GUID)))
        .contains(
            "- azure.credentials"
                + wrong
                    .replaceAll("\\bG\\b", GUID)
                    .replace(" E ", " (environment variable MIO_AZURE_CREDENTIALS) "));
  }

  private static String wrong(String variable, String value) {
    var refusal =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> SettingsReader.read(Optional.empty(), Map.of(variable, value)));
    return String.valueOf(refusal.getMessage());
  }
}
