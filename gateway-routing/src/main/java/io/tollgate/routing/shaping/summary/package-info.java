/** Turns a conversation's window leaves out, summed up by a cheap model beside the calls that need them. */
@NullMarked
package io.tollgate.routing.shaping.summary;

import org.jspecify.annotations.NullMarked;
