/** Reads a request's JSON in one pass: the facts a dialect asks for, and where they stand in the bytes. */
@NullMarked
package io.tollgate.core.dialect.json;

import org.jspecify.annotations.NullMarked;
