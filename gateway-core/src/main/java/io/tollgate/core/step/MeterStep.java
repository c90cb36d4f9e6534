package io.tollgate.core.step;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.UsageAsk;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.UsageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches the answer for its usage, asking for it where the caller did not, and prices it when the answer ends. */
public final class MeterStep implements Step {
    /** The lever that tells what the provider's own cache of prompts saved or cost. */
    public static final String PROMPT_CACHE = "prompt_cache";

    private final PriceCatalogue prices;

    /** By these prices. */
    public MeterStep(PriceCatalogue prices) {
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        Dialect dialect = exchange.endpoint().dialect();
        RequestFacts facts = exchange.facts().get();
        List<BodyEdit> asking = dialect.askForUsage(facts);
        if (!asking.isEmpty()) {
            exchange.usageAsk(new UsageAsk(asking, dialect.dropUnaskedUsage()));
        }
        UsageReader reader = dialect.usageReader(exchange.endpoint(), facts);
        exchange.liveUsage(reader);
        exchange.tap(new Meter(exchange, reader));
        return Outcome.NEXT;
    }

    /** Reads along, and decides what the exchange used and cost at the answer's end, before anyone else needs it. */
    private final class Meter implements ResponseTap {
        private final Exchange exchange;
        private UsageReader reader;
        private boolean answered;
        private @Nullable Metered whole;

        Meter(Exchange exchange, UsageReader reader) {
            this.exchange = exchange;
            this.reader = reader;
        }

        @Override
        public void head(ResponseHead head) {
            answered = true;
            reader.head(head);
        }

        @Override
        public void bytes(byte[] lent, int offset, int length) {
            reader.bytes(lent, offset, length);
        }

        @Override
        public void unanswered(Attempt attempt) {
            End how = attempt.end();
            if (attempt.sentNanos() == 0 || (how != End.TIMED_OUT && how != End.CLIENT_GONE)) {
                return;
            }
            UsageReader silent = exchange.endpoint()
                    .dialect()
                    .usageReader(exchange.endpoint(), exchange.facts().get());
            silent.end(how);
            UsageReport report = silent.report(how);
            attempt.costs(new Metered(report, cost(attempt.target(), report)));
        }

        @Override
        public void whole(Attempt attempt) {
            reader.end(End.COMPLETE);
            UsageReport report = reader.report(End.COMPLETE);
            Metered metered = new Metered(report, cost(report));
            whole = metered;
            attempt.costs(metered);
        }

        @Override
        public void restart() {
            reader = exchange.endpoint()
                    .dialect()
                    .usageReader(exchange.endpoint(), exchange.facts().get());
            exchange.liveUsage(reader);
            answered = false;
            whole = null;
        }

        @Override
        public void end(End end) {
            if (whole != null) {
                exchange.metered().decide(whole);
                promptCache(whole.report(), whole.cost());
                return;
            }
            reader.end(end);
            boolean billed = answered || leftUnanswered(end);
            UsageReport report = billed ? reader.report(end) : UsageReport.NOTHING;
            Cost cost = billed ? cost(report) : Cost.NOTHING;
            exchange.metered().decide(new Metered(report, cost));
            promptCache(report, cost);
        }

        /** What the provider's own cache of prompts saved or cost: the one place where that is counted, for all calls. */
        private void promptCache(UsageReport report, Cost cost) {
            Target target = target();
            long nanos =
                    prices.uncachedNanos(cost, target.provider().name(), target.model(), report, exchange.receivedAt())
                            - cost.nanos();
            if (nanos != 0) {
                exchange.saved(PROMPT_CACHE, nanos);
            }
        }

        /** A provider that was sent a request works on it, and bills at least its input, though nobody waits any more. */
        private boolean leftUnanswered(End end) {
            List<Attempt> attempts = exchange.attempts();
            if (attempts.isEmpty() || attempts.getLast().sentNanos() == 0) {
                return false;
            }
            End last = attempts.getLast().end(); // a caller may leave after an attempt was over and before the next
            End how = last == null ? end : last;
            return how == End.CLIENT_GONE || how == End.TIMED_OUT;
        }

        private Cost cost(UsageReport report) {
            return cost(target(), report);
        }

        private Cost cost(Target target, UsageReport report) {
            return prices.cost(target.provider().name(), target.model(), report, exchange.receivedAt());
        }

        private Target target() {
            List<Attempt> attempts = exchange.attempts();
            return attempts.isEmpty()
                    ? exchange.route().get().first()
                    : attempts.getLast().target();
        }
    }
}
