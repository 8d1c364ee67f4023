package dev.managedidentity.operator.settings;

import dev.managedidentity.operator.guardrails.GuardrailRule;
import java.util.List;

/** What namespaces may have in Azure. */
public record GuardrailSettings(
    @Property(
            syntax = Syntax.RULES,
            fallback = "[]",
            description =
                "What namespaces may have in Azure, see [Guardrails](../guardrails.md). A namespace"
                    + " that no rule selects may have identities in the default subscription and"
                    + " resource group, and may take over and grant nothing. The environment"
                    + " variable takes a JSON list, which replaces the file's rules.")
        List<GuardrailRule> rules,
    @Property(
            syntax = Syntax.BOOLEAN,
            fallback = "false",
            description =
                "What happens to a role assignment of the operator that the rules no longer allow."
                    + " `false`: it stays and the condition says so. `true`: it is removed.")
        boolean removeRefusedRoles) {
  public GuardrailSettings {
    rules = List.copyOf(rules);
  }
}
