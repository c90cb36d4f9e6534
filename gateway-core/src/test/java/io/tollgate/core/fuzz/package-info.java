/**
 * Targets for Jazzer. {@code mvn verify} runs them over their seeds, the folders named after them among the resources;
 * {@code JAZZER_FUZZ=1 mvn test -pl gateway-core -Dtest=AnswerReaderFuzzTest} fuzzes one of them.
 */
@NullMarked
package io.tollgate.core.fuzz;

import org.jspecify.annotations.NullMarked;
