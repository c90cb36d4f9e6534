package io.tollgate.server.fakeprovider;

import io.netty.handler.ssl.SslContext;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated provider is set up.
 *
 * @param host the address it listens on
 * @param port its port; 0 picks a free one
 * @param threads event loops
 * @param ordinary what a request gets that no rule fits
 * @param asksCredential whether a request without a credential is refused with 401
 * @param cachesPrompts whether OpenAI's and Gemini's answers count prompt prefixes seen before as cached
 * @param exactTokensUpTo characters up to which a prompt is counted with a tokenizer; a ratio beyond
 * @param keptRequests how many requests are kept for a test to look at; 0 for none
 * @param canned answers are made once per path, model and kind, and repeated: the cheapest, for benchmarks
 * @param tls speaks TLS with this, or null for cleartext
 * @param clock the time of day
 */
public record FakeProviderOptions(
        String host,
        int port,
        int threads,
        Behaviour ordinary,
        boolean asksCredential,
        boolean cachesPrompts,
        int exactTokensUpTo,
        int keptRequests,
        boolean canned,
        @Nullable SslContext tls,
        Clock clock) {
    private static final int EXACT_UP_TO = 16 * 1024;
    private static final int KEPT = 4096;

    /** On a free port of the loopback address, lenient, with exact counts. */
    public static FakeProviderOptions standard() {
        return new FakeProviderOptions(
                "127.0.0.1", 0, 1, Behaviour.reply(), false, false, EXACT_UP_TO, KEPT, false, null, Clock.systemUTC());
    }

    /** As fast as it gets, recording nothing: for benchmarks. */
    public static FakeProviderOptions fast() {
        return new FakeProviderOptions(
                "127.0.0.1", 0, 1, Behaviour.reply(), false, false, 0, 0, true, null, Clock.systemUTC());
    }

    /** On this address. */
    public FakeProviderOptions on(String otherHost, int otherPort) {
        return new FakeProviderOptions(
                otherHost,
                otherPort,
                threads,
                ordinary,
                asksCredential,
                cachesPrompts,
                exactTokensUpTo,
                keptRequests,
                canned,
                tls,
                clock);
    }

    /** With so many event loops. */
    public FakeProviderOptions withThreads(int loops) {
        return new FakeProviderOptions(
                host,
                port,
                loops,
                ordinary,
                asksCredential,
                cachesPrompts,
                exactTokensUpTo,
                keptRequests,
                canned,
                tls,
                clock);
    }

    /** Behaving like this where no rule fits. */
    public FakeProviderOptions withOrdinary(Behaviour behaviour) {
        return new FakeProviderOptions(
                host,
                port,
                threads,
                behaviour,
                asksCredential,
                cachesPrompts,
                exactTokensUpTo,
                keptRequests,
                canned,
                tls,
                clock);
    }

    /** Refusing requests without a credential. */
    public FakeProviderOptions askingCredential() {
        return new FakeProviderOptions(
                host, port, threads, ordinary, true, cachesPrompts, exactTokensUpTo, keptRequests, canned, tls, clock);
    }

    /** Counting prefixes seen before as cached. */
    public FakeProviderOptions cachingPrompts() {
        return new FakeProviderOptions(
                host, port, threads, ordinary, asksCredential, true, exactTokensUpTo, keptRequests, canned, tls, clock);
    }

    /** Speaking TLS. */
    public FakeProviderOptions withTls(SslContext context) {
        return new FakeProviderOptions(
                host,
                port,
                threads,
                ordinary,
                asksCredential,
                cachesPrompts,
                exactTokensUpTo,
                keptRequests,
                canned,
                context,
                clock);
    }

    /** Keeping so many requests for a test to look at. */
    public FakeProviderOptions keeping(int requests) {
        return new FakeProviderOptions(
                host,
                port,
                threads,
                ordinary,
                asksCredential,
                cachesPrompts,
                exactTokensUpTo,
                requests,
                canned,
                tls,
                clock);
    }
}
