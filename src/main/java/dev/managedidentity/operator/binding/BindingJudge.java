package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.review.Judge;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges an IdentityBinding that is not stored yet as the observer would. */
public final class BindingJudge implements Judge<IdentityBinding> {
  private final Admission admission;
  private final BindingSources sources;

  /** Judges by what the sources know. */
  public BindingJudge(Guardrails guardrails, BindingSources sources) {
    this.admission = new Admission(guardrails);
    this.sources = sources;
  }

  @Override
  public Optional<Problem> refusal(IdentityBinding binding) {
    return forbidden(binding).filter(problem -> !mayBeAllowedSoon(problem));
  }

  @Override
  public List<String> warnings(IdentityBinding binding, Optional<IdentityBinding> before) {
    return switch (identity(binding)) {
      case Identity.Forbidden(Problem problem) when mayBeAllowedSoon(problem) ->
          List.of(problem.message());
      case Identity.Frozen(var _, Problem problem) -> List.of(problem.message());
      case Identity.Forbidden _, Identity.Usable _, Identity.Absent _, Identity.Taken _ ->
          List.of();
    };
  }

  @Override
  public boolean isInAzure(IdentityBinding binding) {
    return status(binding).mayBeInAzure();
  }

  private Optional<Problem> forbidden(IdentityBinding binding) {
    return identity(binding) instanceof Identity.Forbidden(Problem problem)
        ? Optional.of(problem)
        : Optional.empty();
  }

  /** The identity that is to allow it may be applied right after it. */
  private static boolean mayBeAllowedSoon(Problem problem) {
    return problem.reason() == Reason.NAMESPACE_NOT_ALLOWED;
  }

  /** Whoever is just leaving is in nobody's way for long. */
  private Identity identity(IdentityBinding binding) {
    var parties = sources.parties(binding);
    return admission.identity(
        binding,
        status(binding),
        new Admission.Parties(
            parties.identity(),
            parties.namespace(),
            parties.siblings().stream().filter(sibling -> !sibling.isDeleting()).toList()));
  }

  private static IdentityBindingStatus status(IdentityBinding binding) {
    return Objects.requireNonNullElse(binding.getStatus(), IdentityBindingStatus.EMPTY);
  }
}
