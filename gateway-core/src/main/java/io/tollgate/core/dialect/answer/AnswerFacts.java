package io.tollgate.core.dialect.answer;

import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one answer has said of itself so far, in one dialect's words. Hears a scanner; one per answer.
 *
 * @param <P> the dialect's words for places
 */
public abstract class AnswerFacts<P> implements ScanListener<P> {
    /** Counts above this are nonsense; keeps sums far from overflow. */
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private long textBytes;

    @Override
    public void text(P place, int bytes) {
        textBytes += bytes;
    }

    /** A count beyond a long, or written with a fraction or an exponent, is a count all the same. */
    @Override
    public void decimal(P place, String digits) {
        number(place, (long) Double.parseDouble(digits));
    }

    /** UTF-8 bytes of generated text seen. */
    protected final long textBytes() {
        return textBytes;
    }

    /** A count as far as it can be believed. */
    protected static long believable(long count) {
        return Math.clamp(count, 0, MOST_TOKENS);
    }

    /** What the provider has said was used, or null when it has said nothing. */
    protected abstract @Nullable Usage told();

    /**
     * Whether what was told is the provider's last word.
     *
     * @param complete whether the answer was read to its end
     */
    protected abstract boolean isFinal(boolean complete);

    /** Whether the answer says that it failed. */
    protected abstract boolean failed();

    /** Whether the answer is made later, to be fetched and told of by another call. */
    protected boolean isMadeLater() {
        return false;
    }

    /** The model that answered, or null. */
    protected abstract @Nullable String model();

    /** Why generation ended, or null. */
    protected abstract @Nullable String finish();

    /** The service tier used, or null. */
    protected abstract @Nullable String serviceTier();

    /** What the provider says the call cost, in nano-dollars; -1 when it does not say. */
    protected long statedCostNanos() {
        return -1;
    }

    /** Other counts billed within the same answer. */
    protected List<OtherModelUsage> others() {
        return List.of();
    }
}
