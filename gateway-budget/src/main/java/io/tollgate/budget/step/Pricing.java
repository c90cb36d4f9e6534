package io.tollgate.budget.step;

import io.tollgate.budget.ledger.Amount;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What tokens cost a call at the dearest of some models. A model nobody knows a price of costs nothing here, as in the
 * ledger's rows: its tokens are held all the same.
 */
final class Pricing {
    /** More than any model puts out. */
    static final long MOST_OUTPUT = 1L << 22;

    private final List<Price> prices;
    private final Instant at;

    private Pricing(List<Price> prices, Instant at) {
        this.prices = prices;
        this.at = at;
    }

    static Pricing of(List<ModelAt> models, PriceCatalogue catalogue, Instant at) {
        List<Price> prices = new ArrayList<>(models.size());
        for (ModelAt model : models) {
            Price price = model.model() == null ? null : catalogue.price(model.provider(), model.model(), at);
            if (price != null) {
                prices.add(price);
            }
        }
        return new Pricing(prices, at);
    }

    /** Of this much input and output. */
    Amount amount(long input, long output) {
        return new Amount(nanos(input, output), input + output);
    }

    private long nanos(long input, long output) {
        long dearest = 0;
        for (Price price : prices) {
            dearest = Math.max(dearest, price.tariff().nanos(Usage.of(input, output), null, at));
        }
        return dearest;
    }

    /** The most output, up to {@code most}, that fits into an amount together with the input; -1 when not even none does. */
    long outputWithin(Amount amount, long input, long most) {
        long byTokens = amount.tokens() - input;
        if (byTokens < 0 || nanos(input, 0) > amount.nanos()) {
            return -1;
        }
        long fits = 0;
        long fitsNot = Math.min(most, byTokens) + 1;
        while (fitsNot - fits > 1) {
            long middle = (fits + fitsNot) >>> 1;
            if (nanos(input, middle) <= amount.nanos()) {
                fits = middle;
            } else {
                fitsNot = middle;
            }
        }
        return fits;
    }
}
