/**
 * How the API server asks before it stores an object: an HTTPS server that reads AdmissionReview
 * version 1, hands the request to the handler of its path and sends the answer. Decides nothing and
 * knows neither Azure nor the Kubernetes client; handlers are functions of what they are given. A
 * handler that fails refuses nobody: the object is admitted as it is, with a warning.
 */
@NullMarked
package dev.managedidentity.operator.admission;

import org.jspecify.annotations.NullMarked;
