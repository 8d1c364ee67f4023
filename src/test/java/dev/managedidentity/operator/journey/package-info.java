/**
 * What people do with the operator, from YAML to Azure: on the real API server, under the rights
 * that ship, against the Azure emulator through the real Azure SDK. One operator serves the whole
 * run, each test has a namespace of its own.
 */
@NullMarked
package dev.managedidentity.operator.journey;

import org.jspecify.annotations.NullMarked;
