package io.tollgate.core.price;

import java.math.BigDecimal;

/**
 * What is billed beside tokens, in pico-dollars. Service tiers, regions and hours do not change it.
 *
 * @param webSearch a server-side tool call
 * @param request a request
 */
public record PerUse(long webSearch, long request) {
    /** Nothing but tokens is billed. */
    public static final PerUse NOTHING = new PerUse(0, 0);

    /**
     * USD per thousand.
     *
     * @throws IllegalArgumentException when a price is negative or finer than a pico-dollar a use
     */
    public static PerUse usdPerThousand(BigDecimal webSearches, BigDecimal requests) {
        return new PerUse(PicoDollars.perUse(webSearches), PicoDollars.perUse(requests));
    }
}
