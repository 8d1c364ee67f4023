/**
 * The operator's configuration: one immutable {@link
 * dev.managedidentity.operator.settings.Settings} record, read once at start from a YAML file and
 * the environment, with every error listed at once. The records are the only list of what can be
 * set; the reader and docs/reference/configuration.md are derived from them. Nothing in here is a
 * secret and nothing may become one: credentials come from azure-identity. Depends on nothing of
 * ours but the rules of the schema in {@code api}, which hold for defaults too, and the values that
 * {@code guardrails} judges by.
 */
@NullMarked
package dev.managedidentity.operator.settings;

import org.jspecify.annotations.NullMarked;
