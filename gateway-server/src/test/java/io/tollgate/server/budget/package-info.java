/** Tests of budgets over HTTP, through the whole gateway. */
@NullMarked
package io.tollgate.server.budget;

import org.jspecify.annotations.NullMarked;
