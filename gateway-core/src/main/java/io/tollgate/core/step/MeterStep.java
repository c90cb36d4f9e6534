package io.tollgate.core.step;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.UsageReport;
import java.util.List;

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
        boolean asks = exchange.route().get().first().provider().asksForUsage();
        List<BodyEdit> asking = asks ? dialect.askForUsage(facts) : List.of();
        if (!asking.isEmpty()) {
            exchange.edit(asking);
            EventGate unasked = dialect.dropUnaskedUsage();
            if (unasked != null) {
                exchange.gate(unasked);
            }
        }
        UsageReader reader = dialect.usageReader(exchange.endpoint(), facts);
        exchange.liveUsage(reader);
        exchange.tap(new Meter(exchange, reader));
        return Outcome.NEXT;
    }

    /** Reads along, and decides what the exchange used and cost at the answer's end, before anyone else needs it. */
    private final class Meter implements ResponseTap {
        private final Exchange exchange;
        private final UsageReader reader;
        private boolean answered;

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
        public void end(End end) {
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
            boolean sent = !attempts.isEmpty() && attempts.getLast().sentNanos() != 0;
            return sent && (end == End.CLIENT_GONE || end == End.TIMED_OUT);
        }

        private Cost cost(UsageReport report) {
            Target target = target();
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
