/** Usage and ledger rows as text: tables for people, CSV and JSON for programs. */
@NullMarked
package io.tollgate.budget.report.format;

import org.jspecify.annotations.NullMarked;
