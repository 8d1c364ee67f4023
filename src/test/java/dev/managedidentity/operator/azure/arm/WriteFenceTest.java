package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Whoever may not write any more sends no write, but may still read. */
class WriteFenceTest {
  private final List<HttpMethod> sent = new ArrayList<>();

  enum Way {
    WAITING,
    REACTIVE
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "POST", "DELETE"})
  void noWriteIsSentAgainstTheWord(String method) {
    for (var way : Way.values()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> send(HttpMethod.valueOf(method), way))
          .withMessage("no");
    }
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsAreSent(Way way) {
    send(HttpMethod.GET, way);

    assertThat(sent).containsExactly(HttpMethod.GET);
  }

  private void send(HttpMethod method, Way way) {
    var pipeline =
        new HttpPipelineBuilder()
            .httpClient(
                request -> {
                  sent.add(request.getHttpMethod());
                  return Mono.<HttpResponse>empty();
                })
            .policies(
                new WriteFence(
                    () -> {
                      throw new IllegalStateException("no");
                    }))
            .build();
    var request = new HttpRequest(method, "https://arm.test/");
    switch (way) {
      case WAITING -> pipeline.sendSync(request, Context.NONE);
      case REACTIVE -> pipeline.send(request).block();
    }
  }
}
