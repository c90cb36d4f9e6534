/** The ordered list of decisions a request passes before it is forwarded or answered. */
@NullMarked
package io.tollgate.core.pipeline;

import org.jspecify.annotations.NullMarked;
