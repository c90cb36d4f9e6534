package io.tollgate.budget.step;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Balance;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Shortage;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.usage.Dollars;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How budgets are put to callers: the {@code x-tollgate-budget} header and refusals. */
final class BudgetWords {
    static final String HEADER = "x-tollgate-budget";

    private BudgetWords() {}

    /** {@code NAME; remaining-usd=…; remaining-tokens=…; resets=RFC3339}, without what the budget does not have. */
    static String header(AccountView account) {
        return header(account.rule().name(), account.balance(), account.span());
    }

    private static String header(String name, Balance balance, Period.Span span) {
        StringBuilder text = new StringBuilder(96).append(name);
        if (balance.remainingNanos() >= 0) {
            text.append("; remaining-usd=").append(Dollars.format(balance.remainingNanos()));
        }
        if (balance.remainingTokens() >= 0) {
            text.append("; remaining-tokens=").append(balance.remainingTokens());
        }
        if (span.ends()) {
            text.append("; resets=").append(Instant.ofEpochMilli(span.to()));
        }
        return text.toString();
    }

    /** Why a call gets no hold. */
    static Refusal refusal(Shortage shortage) {
        Balance balance = shortage.balance();
        StringBuilder text = new StringBuilder(256)
                .append(name(shortage.budget(), shortage.each()))
                .append(" cannot pay for this call: ");
        if (balance.marks().limitNanos() >= 0) {
            text.append("it has spent ")
                    .append(Dollars.format(balance.spentNanos()))
                    .append(" of ")
                    .append(Dollars.format(balance.marks().limitNanos()))
                    .append(" USD and holds ")
                    .append(Dollars.format(balance.heldNanos()))
                    .append(" USD for calls under way; the call needs about ")
                    .append(Dollars.format(shortage.asked().nanos()))
                    .append(" USD; ");
        }
        if (balance.marks().limitTokens() >= 0) {
            text.append("it has spent ")
                    .append(balance.spentTokens())
                    .append(" of ")
                    .append(balance.marks().limitTokens())
                    .append(" tokens and holds ")
                    .append(balance.heldTokens())
                    .append("; the call needs about ")
                    .append(shortage.asked().tokens())
                    .append(" tokens; ");
        }
        text.append(resets(shortage.span()));
        return refusal(text.toString(), header(shortage.budget(), balance, shortage.span()));
    }

    /** Why a call that the cache could not answer goes no further. */
    static Refusal cacheOnly(AccountView account) {
        String name = name(account.rule().name(), account.each());
        return refusal(
                name + " is so far used up that only cached answers are given, and there is none for this call; "
                        + resets(account.span()),
                header(account));
    }

    /** Why a call that became dearer goes no further. */
    static Refusal tooDear(AccountView account, String model, long needed) {
        String name = name(account.rule().name(), account.each());
        return refusal(
                name + " cannot pay for this call at " + model + ": it needs about " + Dollars.format(needed)
                        + " USD, of "
                        + Dollars.format(Math.max(0, account.balance().remainingNanos()))
                        + " USD left; " + resets(account.span()),
                header(account));
    }

    private static Refusal refusal(String message, String header) {
        return new Refusal(ErrorKind.BUDGET_EXHAUSTED, message, List.of(Map.entry(HEADER, header)));
    }

    private static String name(String budget, Map<String, String> each) {
        return "budget " + budget + (each.isEmpty() ? "" : " " + each);
    }

    private static String resets(Period.Span span) {
        return span.ends() ? "it resets at " + Instant.ofEpochMilli(span.to()) : "it never resets";
    }
}
