/** JSON as small trees: what the simulated provider reads and writes. */
@NullMarked
package io.tollgate.server.fakeprovider.json;

import org.jspecify.annotations.NullMarked;
