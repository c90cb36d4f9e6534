package io.tollgate.budget.usagelog;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Metered;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one admitted request, as the ledger keeps it for good. Built on the event loop, so it only holds
 * references; everything that costs time happens in the writer. Immutable.
 *
 * @param requestId the request's id, as in {@code x-tollgate-request-id}
 * @param attempt from 1
 * @param last whether this attempt's outcome is what the caller got: exactly one row of a request says so, which makes
 *     requests countable under any grouping
 * @param atMillis wall time at which the request had arrived whole, epoch milliseconds
 * @param key the virtual key's id, or null where no keys are configured
 * @param tags the call's attribution, the session among them
 * @param call what was asked of whom
 * @param decisions what Tollgate decided
 * @param metered what was used, what the answer said of itself, and what it cost
 * @param savings what it would have cost, and what kept it from that
 * @param latency where the time went
 * @param status HTTP status of the attempt; 0 when there was none
 * @param end how the attempt was over
 * @param prompt sizes and fingerprints of what was asked
 */
public record UsageRow(
        String requestId,
        int attempt,
        boolean last,
        long atMillis,
        @Nullable String key,
        Tags tags,
        Call call,
        Decisions decisions,
        Metered metered,
        Savings savings,
        Latency latency,
        int status,
        End end,
        PromptFacts prompt) {
    /** A row of a prompt that nothing is known of. */
    public UsageRow(
            String requestId,
            int attempt,
            boolean last,
            long atMillis,
            @Nullable String key,
            Tags tags,
            Call call,
            Decisions decisions,
            Metered metered,
            Savings savings,
            Latency latency,
            int status,
            End end) {
        this(
                requestId,
                attempt,
                last,
                atMillis,
                key,
                tags,
                call,
                decisions,
                metered,
                savings,
                latency,
                status,
                end,
                PromptFacts.NONE);
    }

    /** Refuses nulls here, where the stack still names the culprit. */
    public UsageRow {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(decisions, "decisions");
        Objects.requireNonNull(metered, "metered");
        Objects.requireNonNull(savings, "savings");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(prompt, "prompt");
    }

    /**
     * What was asked of whom.
     *
     * @param dialect the dialect's ledger name, e.g. {@code openai-chat}
     * @param streamed whether the answer was asked for as a stream
     * @param provider the provider it went to, or null when it went to none
     * @param modelAsked the model the caller named, or null
     * @param modelSent the model the provider was asked for, or null
     */
    public record Call(
            String dialect,
            Operation operation,
            boolean streamed,
            @Nullable String provider,
            @Nullable String modelAsked,
            @Nullable String modelSent) {}

    /**
     * What Tollgate decided.
     *
     * @param routeRule the routing rule's name, or {@code direct}
     * @param routeReason for humans, or null
     * @param cache as in {@code x-tollgate-cache}, or null when the cache was never asked
     * @param cap the cap on output tokens that went upstream; -1 when none did
     * @param capSource {@code caller}, {@code policy}, {@code learned} or {@code budget}, or null without a cap
     */
    public record Decisions(
            String routeRule,
            @Nullable String routeReason,
            @Nullable String cache,
            long cap,
            @Nullable String capSource) {
        /** Nothing was decided: the request was refused before. */
        public static final Decisions NONE = new Decisions("direct", null, null, -1, null);
    }

    /**
     * What it would have cost unoptimised: the baseline minus all levers is the cost, to the nano-dollar. Kept only for
     * priced rows; where the price is unknown, so is the saving.
     *
     * @param baselineNanos nano-dollars
     * @param byLever nano-dollars kept by each lever (negative where one cost more than it saved); levers that did
     *     nothing are absent
     */
    public record Savings(long baselineNanos, Map<String, Long> byLever) {
        /** It cost what it would have cost anyway. */
        public static Savings none(long costNanos) {
            return new Savings(costNanos, Map.of());
        }

        /** All levers together, nano-dollars. */
        public long totalNanos() {
            if (byLever.isEmpty()) {
                return 0;
            }
            long total = 0;
            for (long nanos : byLever.values()) {
                total += nanos;
            }
            return total;
        }
    }

    /**
     * Where the time went, in microseconds.
     *
     * @param gatewayMicros in the gateway before the upstream request was sent
     * @param firstByteMicros until the upstream's first byte; -1 when there was none
     * @param totalMicros until the end
     */
    public record Latency(long gatewayMicros, long firstByteMicros, long totalMicros) {}
}
