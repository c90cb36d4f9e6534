/** Micro benchmarks of what runs for every request and every event. */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
