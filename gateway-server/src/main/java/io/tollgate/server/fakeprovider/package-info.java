/** A simulated provider that speaks every dialect, for the demo, the tests and the benchmarks. */
@NullMarked
package io.tollgate.server.fakeprovider;

import org.jspecify.annotations.NullMarked;
