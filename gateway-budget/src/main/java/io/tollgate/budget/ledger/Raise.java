package io.tollgate.budget.ledger;

import java.util.List;

/**
 * A temporary increase of a limit.
 *
 * @param id of its entry in the journal
 * @param budget the budget's name
 * @param account the values of one of the budget's accounts, or empty for each of them
 * @param nanos nano-dollars added to the limit on money
 * @param tokens tokens added to the limit on tokens
 * @param madeAt epoch milliseconds
 * @param until epoch milliseconds from which it no longer holds
 * @param who asked for it
 * @param why in their words
 */
public record Raise(
        long id,
        String budget,
        List<String> account,
        long nanos,
        long tokens,
        long madeAt,
        long until,
        String who,
        String why) {
    /** Refuses what is no raise. */
    public Raise {
        account = List.copyOf(account);
        if (nanos < 0 || tokens < 0 || nanos + tokens <= 0) {
            throw new IllegalArgumentException("a raise adds money or tokens and takes neither away");
        }
    }

    boolean holds(List<String> ofAccount, long nowMillis) {
        return nowMillis < until && (account.isEmpty() || account.equals(ofAccount));
    }
}
