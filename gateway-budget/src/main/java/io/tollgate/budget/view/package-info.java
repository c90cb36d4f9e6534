/** Budgets as the admin API shows them, and what it takes to raise one. */
@NullMarked
package io.tollgate.budget.view;

import org.jspecify.annotations.NullMarked;
