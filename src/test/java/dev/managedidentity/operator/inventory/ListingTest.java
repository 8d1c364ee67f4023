package dev.managedidentity.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.managedidentity.operator.azure.Answer;
import dev.managedidentity.operator.azure.Receipt;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of what is listed becomes a label of metrics. */
class ListingTest {
  @ParameterizedTest
  @ValueSource(strings = {"things", "good-things"})
  void isNamedByALabel(String kind) {
    assertThat(listing(kind).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "good things", "goodThings", "good_things", "-things", "things-"})
  void refusesWhatIsNoLabel(String kind) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listing(kind))
        .withMessageContaining("'%s' is no label".formatted(kind));
  }

  private static Listing<String> listing(String kind) {
    return new Listing<>(
        kind, _ -> new Answer.Done<>(List.of(), Receipt.NONE), Function.identity());
  }
}
