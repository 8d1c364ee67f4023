/**
 * What a namespace may have in Azure: the rules of the operator's configuration, and the judgement
 * of one wish by them. Pure: rules and a wish go in, a refusal that names the rules comes out;
 * nothing here reads the cluster, calls Azure or knows who asks for what reason. Every comparison
 * is made on canonical text, and what cannot be read with certainty is refused.
 */
@NullMarked
package dev.managedidentity.operator.guardrails;

import org.jspecify.annotations.NullMarked;
