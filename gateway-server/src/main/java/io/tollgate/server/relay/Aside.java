package io.tollgate.server.relay;

import io.tollgate.core.exchange.Attempt;

/** A whole plain answer that is given to the caller only if the call that is to better it fails. On the exchange's loop. */
record Aside(AnswerBody body, Attempt attempt, int status) {}
