package io.tollgate.budget.limits;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose {@code x-ratelimit-*} the caller sees where the provider has some too: for requests and for tokens, all
 * three headers of whoever leaves less. A caller that paces itself by them then keeps within both.
 */
final class TighterUpstream implements ResponseTap {
    private static final int LONGEST = 18;

    private final RateDecision ours;
    private final HttpHeaders reply;

    /** Adds our headers to {@code reply}, or takes them out of it, when an answer's head comes. */
    TighterUpstream(RateDecision ours, HttpHeaders reply) {
        this.ours = ours;
        this.reply = reply;
    }

    @Override
    public void head(ResponseHead head) {
        choose(LimitKind.REQUESTS, ours.requests(), head.headers());
        choose(LimitKind.TOKENS, ours.tokens(), head.headers());
    }

    private void choose(LimitKind kind, @Nullable Quota quota, HttpHeaders upstream) {
        if (quota != null && left(upstream.get(RateWords.header("remaining", kind))) < quota.remaining()) {
            reply.remove(RateWords.header("limit", kind));
            reply.remove(RateWords.header("remaining", kind));
            reply.remove(RateWords.header("reset", kind));
        }
    }

    /** What is no number leaves more than anybody allows. */
    private static long left(@Nullable String remaining) {
        if (remaining == null || remaining.isEmpty() || remaining.length() > LONGEST) {
            return Long.MAX_VALUE;
        }
        return remaining.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(remaining) : Long.MAX_VALUE;
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {}

    @Override
    public void end(End end) {}
}
