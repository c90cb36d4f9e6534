/** SQLite files beside the ledger: how they are created, recognised and opened. */
@NullMarked
package io.tollgate.budget.sqlite;

import org.jspecify.annotations.NullMarked;
