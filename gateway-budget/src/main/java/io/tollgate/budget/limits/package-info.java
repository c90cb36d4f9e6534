/** How fast calls may come: buckets that refill continuously, and how many calls may be under way. */
@NullMarked
package io.tollgate.budget.limits;

import org.jspecify.annotations.NullMarked;
