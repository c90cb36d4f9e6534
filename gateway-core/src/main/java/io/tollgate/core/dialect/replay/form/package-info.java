/** What all conversions between plain and streamed answers are made of: values as they stand in the bytes, merged, cut and written. */
@NullMarked
package io.tollgate.core.dialect.replay.form;

import org.jspecify.annotations.NullMarked;
