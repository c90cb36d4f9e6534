/** The admin port's JSON about money and decisions: usage, requests, savings, configuration, and requests as they end. */
@NullMarked
package io.tollgate.server.api;

import org.jspecify.annotations.NullMarked;
