package dev.managedidentity.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Somebody outside of the cluster, known by the tokens of an issuer. */
public record ExternalSubject(
    @Required
        @Size(max = Issuers.LENGTH)
        @ValidationRule(value = Issuers.RULE, message = Issuers.MESSAGE)
        @JsonPropertyDescription(
            "Issuer of the tokens, letter by letter as in their iss claim, such as"
                + " https://token.actions.githubusercontent.com. Immutable.")
        String issuer,
    @Required
        @Size(max = 600)
        @ValidationRule(
            value = "self.matches('^[!-~]([ -~]*[!-~])?$')",
            message =
                "external.subject is 1 to 600 ASCII characters and neither begins nor ends with a"
                    + " space, such as repo:contoso/orders:ref:refs/heads/main")
        @JsonPropertyDescription(
            "Subject of the tokens, letter by letter as in their sub claim, such as"
                + " repo:contoso/orders:ref:refs/heads/main. Immutable.")
        String subject) {}
