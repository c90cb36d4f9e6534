package io.tollgate.core.price;

import io.tollgate.core.dialect.Family;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes, beside what it costs.
 *
 * @param context tokens of prompt and output together; -1 when unknown
 * @param maxOutput the largest cap on output tokens it accepts; -1 when unknown
 * @param minCache the smallest prompt its provider caches; -1 when unknown
 * @param dialect the language it is spoken to in, or null when the provider's
 * @param capField the member that caps output in the provider's chat API, or null for the dialect's own
 * @param refuses members of a request it answers with an error, dotted where nested; {@code prefill} for an assistant
 *     message at the end, {@code images} for images and other media
 * @param cachedInInput whether the provider's own input count contains cached tokens
 * @param reasoningInOutput whether the provider's own output count contains thinking tokens
 */
public record ModelTraits(
        long context,
        long maxOutput,
        long minCache,
        @Nullable Family dialect,
        @Nullable String capField,
        Set<String> refuses,
        boolean cachedInInput,
        boolean reasoningInOutput) {
    /** Nothing is known; counts contain their parts, as OpenAI's do. */
    public static final ModelTraits UNKNOWN = new ModelTraits(-1, -1, -1, null, null, Set.of(), true, true);

    /** Copies. */
    public ModelTraits {
        refuses = Set.copyOf(refuses);
    }

    /** The same with other limits, where they are not negative. */
    public ModelTraits withLimits(long newContext, long newMaxOutput) {
        return new ModelTraits(
                newContext >= 0 ? newContext : context,
                newMaxOutput >= 0 ? newMaxOutput : maxOutput,
                minCache,
                dialect,
                capField,
                refuses,
                cachedInInput,
                reasoningInOutput);
    }
}
