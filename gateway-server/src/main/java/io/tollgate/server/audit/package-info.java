/** The checklist for prompts before they are launched: files of prompts are read and what costs for nothing is pointed at. */
@NullMarked
package io.tollgate.server.audit;

import org.jspecify.annotations.NullMarked;
