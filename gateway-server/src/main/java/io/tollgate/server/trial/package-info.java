/** What the {@code try} commands share: requests read from a file of JSON lines, answers written in their order. */
@NullMarked
package io.tollgate.server.trial;

import org.jspecify.annotations.NullMarked;
