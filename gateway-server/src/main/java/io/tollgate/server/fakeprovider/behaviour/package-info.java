/** How an answer is delivered: its pace, its faults, or step by step under a test's control. */
@NullMarked
package io.tollgate.server.fakeprovider.behaviour;

import org.jspecify.annotations.NullMarked;
