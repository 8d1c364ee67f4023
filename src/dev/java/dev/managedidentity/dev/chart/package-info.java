/**
 * Generates what the Helm chart says a second time: the operator's rights, the CRDs, the schema and
 * the table of its values, and the manifest of those who use no Helm. Text in, text out; only
 * {@link dev.managedidentity.dev.chart.ChartMain} writes files.
 */
@NullMarked
package dev.managedidentity.dev.chart;

import org.jspecify.annotations.NullMarked;
