package dev.managedidentity.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS = Map.of("team", "shop", "stage", "");

  @ParameterizedTest(name = "{0} matches: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                               | true
          {matchLabels: {}}                                                                | true
          {matchLabels: {team: shop}}                                                      | true
          {matchLabels: {team: Shop}}                                                      | false
          {matchLabels: {team: web}}                                                       | false
          {matchLabels: {stage: ""}}                                                       | true
          {matchLabels: {zone: ""}}                                                        | false
          {matchLabels: {team: shop, stage: test}}                                         | false
          {matchExpressions: [{key: team, operator: In, values: [web, shop]}]}             | true
          {matchExpressions: [{key: team, operator: In, values: [web]}]}                   | false
          {matchExpressions: [{key: zone, operator: In, values: [web]}]}                   | false
          {matchExpressions: [{key: team, operator: NotIn, values: [web]}]}                | true
          {matchExpressions: [{key: team, operator: NotIn, values: [web, shop]}]}          | false
          {matchExpressions: [{key: zone, operator: NotIn, values: [web]}]}                | true
          {matchExpressions: [{key: stage, operator: Exists}]}                             | true
          {matchExpressions: [{key: zone, operator: Exists}]}                              | false
          {matchExpressions: [{key: zone, operator: DoesNotExist}]}                        | true
          {matchExpressions: [{key: stage, operator: DoesNotExist}]}                       | false
          {matchLabels: {team: shop}, matchExpressions: [{key: zone, operator: Exists}]}   | false
          {matchExpressions: [{key: team, operator: Exists}, {key: zone, operator: Exists}]} | false
          {matchLabels: {team: shop}, matchExpressions: [{key: stage, operator: Exists}]}  | true
          """)
  void selectsAsKubernetesDoes(String selector, boolean expected) {
    // The three dashes keep the client from reading it as JSON.
    var parsed = Serialization.unmarshal("--- " + selector, LabelSelector.class);

    assertThat(parsed.matches(LABELS)).isEqualTo(expected);
  }
}
