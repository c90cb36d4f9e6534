package io.tollgate.budget.step;

import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;

/**
 * Has a hold follow its stream: as text passes, what it has cost so far is metered and the hold is extended slice by
 * slice, a little ahead of the text. When an extension is refused the stream goes on as far as its hold reaches, and is
 * then ended. Watches after the meter, which counts the text.
 */
final class StreamHold implements ResponseTap {
    /** How often the price is looked at: every so many tokens. */
    private static final long EVERY = 32;
    /** The hold is extended when less than this is left of it: about what one chunk brings. */
    private static final long AHEAD = 64;

    private static final long LEAST_SLICE = 256;
    /** More than any stream reaches, and its double is a long. */
    static final long NO_CAP = Long.MAX_VALUE / 4;

    private final Exchange exchange;
    private final Reservation hold;
    private Pricing pricing;
    private Amount paid = Amount.ZERO;
    private final CostEstimator estimator;
    private long input;
    private long most;
    private long covered;
    private long next;

    /** {@code most} is what the provider can put out at most, by the cap it was given. */
    StreamHold(
            Exchange exchange,
            Reservation hold,
            Pricing pricing,
            CostEstimator estimator,
            CallEstimate estimate,
            long most) {
        this.exchange = exchange;
        this.hold = hold;
        this.pricing = pricing;
        this.estimator = estimator;
        this.input = estimate.input();
        this.most = most;
        this.covered = Math.max(0, pricing.outputWithin(hold.held(), input, Pricing.MOST_OUTPUT));
    }

    /** The call goes elsewhere; {@code before} is what it has cost where it went first. */
    void goesTo(Pricing other, long promptTokens, Amount before) {
        pricing = other;
        input = promptTokens;
        paid = before;
    }

    private Amount amount(long output) {
        return pricing.amount(input, output).plus(paid);
    }

    @Override
    public void head(ResponseHead head) {
        hold.touch();
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        UsageReader usage = exchange.liveUsage();
        long seen = usage == null ? 0 : seen(usage.outputBytesSeen());
        if (seen < next) {
            hold.touch();
            return;
        }
        next = seen + EVERY;
        hold.metered(amount(seen));
        if (covered < most && seen + AHEAD > covered && !extend(seen)) {
            if (seen + EVERY > covered) {
                exchange.stop(End.CUT_BY_BUDGET);
            }
            next = seen; // little is left: look at every chunk
        }
    }

    /** Never more than the cap, unless it is so far exceeded that it cannot be the estimate: some hosts ignore caps. */
    private long seen(long textBytes) {
        long tokens = estimator.outputTokens(exchange, textBytes);
        if (tokens > 2 * most + AHEAD) {
            most = NO_CAP;
        }
        return Math.min(tokens, most);
    }

    /** Covers a slice more, or as much of one as there is money for. */
    private boolean extend(long seen) {
        for (long slice = Math.max(LEAST_SLICE, covered / 4); slice >= AHEAD; slice /= 4) {
            long to = Math.min(most, Math.max(covered, seen) + slice);
            Amount now = hold.held();
            Amount then = amount(to);
            if (hold.extend(new Amount(then.nanos() - now.nanos(), then.tokens() - now.tokens()))) {
                covered = to;
                return true;
            }
        }
        return false;
    }

    @Override
    public void end(End end) {
        hold.touch();
    }
}
