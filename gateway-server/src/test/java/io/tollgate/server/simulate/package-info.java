/** The ledger replayed. */
@NullMarked
package io.tollgate.server.simulate;

import org.jspecify.annotations.NullMarked;
