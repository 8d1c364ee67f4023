package dev.managedidentity.operator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionPatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, *",
    "*, a/b/read",
    "*/read, a/b/read",
    "*/read, */read",
    "*/read, a/*/read",
    "a/*, a/*/read",
    "a/*, a/b/*",
    "a/*/b/*, a/x/y/b/c",
    "A/B/Read, a/b/read",
    "a*c, abbc",
    "a**c, a*c",
  })
  void includes(String pattern, String other) {
    assertThat(new ActionPattern(pattern).includes(new ActionPattern(other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*/read, *",
    "*/read, a/b/write",
    "a/b/read, a/*/read",
    "a/*, a*",
    "a/*, b/a/c",
    "a/b, a/b/c",
    "a/b/c, a/b",
    "a/*/b, a/b",
    "a/*/read, */read",
  })
  void doesNotInclude(String pattern, String other) {
    assertThat(new ActionPattern(pattern).includes(new ActionPattern(other))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*, *, true",
    "a/*, */read, true",
    "a/*/write, a/b/*, true",
    "a/*b, a/b*, true",
    "a/b, A/B, true",
    "*a*b*, *b*a*, true",
    "a/*, b/*, false",
    "*/read, */write, false",
    "a/b, a/b/c, false",
    "a/*/x, a/x, false",
  })
  void overlaps(String one, String other, boolean isSo) {
    assertThat(new ActionPattern(one).overlaps(new ActionPattern(other))).isEqualTo(isSo);
    assertThat(new ActionPattern(other).overlaps(new ActionPattern(one))).isEqualTo(isSo);
  }
}
