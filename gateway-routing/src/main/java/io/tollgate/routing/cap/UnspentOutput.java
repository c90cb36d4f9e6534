package io.tollgate.routing.cap;

import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.learn.Group;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;

/**
 * What the rest of an answer that ended before its model would have ended it would have cost. An estimate: it would have
 * been as long as 95 of 100 such answers are at most; nothing where too few were seen. On the exchange's loop.
 */
public final class UnspentOutput {
    private final LearnedCaps learned;
    private final PriceCatalogue prices;

    /** By the lengths of such answers. */
    public UnspentOutput(LearnedCaps learned, PriceCatalogue prices) {
        this.learned = learned;
        this.prices = prices;
    }

    /** In nano-dollars; 0 where nothing is known. Once the call has been metered. */
    public long nanos(Exchange exchange) {
        Metered metered = exchange.metered().orNull();
        long answers = Math.max(1, exchange.facts().get().answers());
        return metered == null ? 0 : nanos(exchange, metered.report().usage().output() / answers);
    }

    /** The same of answers of so many tokens, as such answers are learned. */
    long nanos(Exchange exchange, long tokens) {
        Target sent = exchange.answering();
        Metered metered = exchange.metered().orNull();
        if (sent == null || sent.model() == null || metered == null) {
            return 0;
        }
        long answers = Math.max(1, exchange.facts().get().answers());
        Group group = OutputCapStep.group(exchange);
        long more = (learned.cap(group, 1) - tokens) * answers;
        Price price = prices.price(sent.provider().name(), sent.model(), exchange.receivedAt());
        if (more <= 0 || price == null) {
            return 0;
        }
        return price.cost(Usage.of(0, more), metered.report().serviceTier(), exchange.receivedAt())
                .nanos();
    }
}
