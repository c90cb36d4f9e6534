/** The usage log's embedded store: one SQLite file in WAL mode, its schema, and how rows are laid out in it. */
@NullMarked
package io.tollgate.budget.usagelog.sqlite;

import org.jspecify.annotations.NullMarked;
