/** The samples are what the benchmarks say they are. */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
