package io.tollgate.routing.shaping.summary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.OwnCalls;
import io.tollgate.core.time.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The summaries at hand: up to 16 million characters of them, each for two hours after its last use. Those that are
 * missing are asked for beside the calls that need them, each once at a time, at most {@value #MOST_UNDER_WAY} together;
 * a caller whose summary failed or was refused is not asked to pay for another for five minutes. Any thread; outlives
 * reloads, is gone with the process.
 */
public final class Summaries {
    static final int MOST_UNDER_WAY = 16;
    private static final long MOST_CHARACTERS = 16_000_000;
    private static final int ENTRY = 100;
    private static final int MOST_PAYERS = 10_000;
    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration REST = Duration.ofMinutes(5);

    /** What can become of one. */
    public enum Event {
        /** A prompt got one. */
        USED,
        /** One was made. */
        MADE,
        /** One was refused, failed or was empty. */
        FAILED,
        /** One was not asked for, because too many are under way. */
        SKIPPED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** As in metrics. */
        public String wireName() {
            return wireName;
        }
    }

    private final Cache<String, String> texts;
    private final Cache<String, Boolean> resting;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

    /** None yet. */
    public Summaries(Ticker ticker) {
        texts = Caffeine.newBuilder()
                .maximumWeight(MOST_CHARACTERS)
                .weigher((String key, String text) -> ENTRY + key.length() + text.length())
                .expireAfterAccess(KEPT)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
        resting = Caffeine.newBuilder()
                .maximumSize(MOST_PAYERS)
                .expireAfterWrite(REST)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
        for (Event event : Event.values()) {
            events.put(event, new LongAdder());
        }
    }

    @Nullable
    String text(String key) {
        return texts.getIfPresent(key);
    }

    /** Whether it makes sense to prepare a request for one. */
    boolean mayAsk(String key, String payer) {
        return !underWay.contains(key) && resting.getIfPresent(payer) == null;
    }

    /** Counts what became of a prompt, and asks for the summary it lacks. On the exchange's loop. */
    public void follow(Exchange exchange, Summarised summarised, OwnCalls calls) {
        if (!summarised.edits().isEmpty()) {
            count(Event.USED, 1);
        }
        Summarised.Wish wish = summarised.wish();
        if (wish == null || !mayAsk(wish.key(), wish.payer())) {
            return;
        }
        if (underWay.size() >= MOST_UNDER_WAY) {
            count(Event.SKIPPED, 1);
        } else if (underWay.add(wish.key())) {
            calls.make(
                    exchange,
                    new OwnCalls.Call("history", "summarize", wish.model(), wish.body()),
                    body -> answered(wish, body));
        }
    }

    private void answered(Summarised.Wish wish, byte @Nullable [] body) {
        String text = body == null ? "" : SummaryAnswer.text(wish.dialect(), body);
        if (text.isBlank()) {
            resting.put(wish.payer(), true);
            count(Event.FAILED, 1);
        } else {
            texts.put(wish.key(), text.strip());
            count(Event.MADE, 1);
        }
        underWay.remove(wish.key());
    }

    private void count(Event event, int more) {
        Objects.requireNonNull(events.get(event)).add(more);
    }

    /** How often. */
    public long count(Event event) {
        return Objects.requireNonNull(events.get(event)).sum();
    }

    /** Summaries at hand. */
    public long kept() {
        return texts.estimatedSize();
    }

    /** Summaries being made. */
    public int underWay() {
        return underWay.size();
    }
}
