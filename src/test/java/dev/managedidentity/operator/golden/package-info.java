/**
 * Golden scenarios: folders of src/test/resources/golden with what goes in and what must come out,
 * as people would read it. {@code mvn test -Dgolden.update=true} rewrites what comes out and then
 * fails, so that nobody takes over a change without having looked at it.
 */
@NullMarked
package dev.managedidentity.operator.golden;

import org.jspecify.annotations.NullMarked;
