package io.tollgate.server.fakeprovider.answer;

import io.tollgate.server.fakeprovider.text.PromptCache;
import io.tollgate.server.fakeprovider.text.Seed;
import io.tollgate.server.fakeprovider.text.TokenCounter;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** What the answers of one simulated provider share: author, counter, prompt cache, clock, ids. Any thread. */
public final class House {
    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();
    private static final int LEAST_CACHED_TOKENS = 1024;
    private static final int CACHED_TOKENS_STEP = 128;

    private final TokenCounter counter;
    private final Author author;
    private final PromptCache promptCache = new PromptCache();
    private final boolean cachesPrompts;
    private final Clock clock;
    private final AtomicLong answers = new AtomicLong();

    /** A house; {@code cachesPrompts} says whether prefixes seen before count as cached without being asked. */
    public House(TokenCounter counter, boolean cachesPrompts, Clock clock) {
        this.counter = counter;
        this.author = new Author(counter);
        this.cachesPrompts = cachesPrompts;
        this.clock = clock;
    }

    /** Counts tokens. */
    public TokenCounter counter() {
        return counter;
    }

    /** Writes drafts. */
    public Author author() {
        return author;
    }

    /** Remembers prompts. */
    public PromptCache promptCache() {
        return promptCache;
    }

    /** The time of day, in epoch seconds. */
    public long now() {
        return clock.instant().getEpochSecond();
    }

    /** The clock. */
    public Clock clock() {
        return clock;
    }

    /** A new id with this prefix, unique in this house. */
    public String id(String prefix) {
        long state = Seed.next(answers.incrementAndGet());
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 24; i++) {
            id.append(ALPHABET[Seed.below(state + i, ALPHABET.length)]);
        }
        return id.toString();
    }

    /** Tokens of a prompt that an automatic prompt cache had; at least 1024, in steps of 128, else 0. */
    public int cachedTokens(Prompt prompt, int promptTokens) {
        if (!cachesPrompts || prompt.text().isEmpty()) {
            return 0;
        }
        int seen = promptCache.seenPrefix(prompt.model(), prompt.text());
        long tokens = (long) promptTokens * seen / prompt.text().length();
        return tokens < LEAST_CACHED_TOKENS ? 0 : (int) (tokens - tokens % CACHED_TOKENS_STEP);
    }
}
