/** What another configuration would have decided about the calls in the ledger. */
@NullMarked
package io.tollgate.server.simulate;

import org.jspecify.annotations.NullMarked;
