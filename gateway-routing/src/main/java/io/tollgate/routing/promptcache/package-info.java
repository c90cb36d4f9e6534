/** Marks prompts for the provider's prefix cache where that pays, and tells what broke a prefix that used to be read. */
@NullMarked
package io.tollgate.routing.promptcache;

import org.jspecify.annotations.NullMarked;
