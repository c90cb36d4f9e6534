package io.tollgate.budget.alerts;

/**
 * The next thing to do for a channel.
 *
 * @param seq the alert's place in the journal
 * @param attempts made so far
 * @param raisedAt when the alert was journalled, epoch milliseconds
 * @param nextAt when to try, epoch milliseconds
 */
record Pending(long seq, Alert alert, int attempts, long raisedAt, long nextAt) {}
