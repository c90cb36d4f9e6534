package io.tollgate.cache.flight;

import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Metered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream call that others waited for was over.
 *
 * @param end how the exchange that made it ended
 * @param status HTTP status the provider answered; 0 when it did not
 * @param headers the answer's own, fit to be given again
 * @param body all of it, or null when it was not recorded whole
 * @param metered what it used and cost, or null when nothing is known
 */
public record Landing(
        End end,
        int status,
        List<Header> headers,
        byte @Nullable [] body,
        @Nullable Metered metered) {
    /** Whether the provider answered to the end; errors do too. */
    public boolean isWhole() {
        return end == End.COMPLETE;
    }

    /** Whether the provider answered what was asked for, to the end. */
    public boolean isGood() {
        return isWhole() && status / 100 == 2;
    }

    /** Whether the provider is to blame: asking again may end the same. */
    public boolean isUpstreamFailure() {
        return end == End.UPSTREAM_FAILED || end == End.TIMED_OUT || (isWhole() && !isGood());
    }
}
