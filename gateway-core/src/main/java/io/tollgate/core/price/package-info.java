/** What a model costs and what it takes: dated price rows, their lookup by provider and model, and exact arithmetic. */
@NullMarked
package io.tollgate.core.price;

import org.jspecify.annotations.NullMarked;
