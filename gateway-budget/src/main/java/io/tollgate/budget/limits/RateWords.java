package io.tollgate.budget.limits;

import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How rate limits are put to callers: OpenAI's {@code x-ratelimit-*} headers, {@code Retry-After} and refusals. */
final class RateWords {
    private static final long NANOS = 1_000_000_000L;

    private RateWords() {}

    /** The headers of what may still come; none where nothing is limited. */
    static List<Map.Entry<String, String>> headers(RateDecision decision) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(7);
        add(headers, LimitKind.REQUESTS, decision.requests());
        add(headers, LimitKind.TOKENS, decision.tokens());
        return headers;
    }

    private static void add(List<Map.Entry<String, String>> headers, LimitKind kind, @Nullable Quota quota) {
        if (quota != null) {
            headers.add(Map.entry(header("limit", kind), Long.toString(quota.limit())));
            headers.add(Map.entry(header("remaining", kind), Long.toString(quota.remaining())));
            headers.add(Map.entry(header("reset", kind), duration(quota.resetNanos())));
        }
    }

    /** {@code x-ratelimit-WHAT-KIND}. */
    static String header(String what, LimitKind kind) {
        return "x-ratelimit-" + what + "-" + kind.wireName();
    }

    static Refusal refusal(RateShortage shortage) {
        List<Map.Entry<String, String>> headers = headers(shortage);
        boolean hopeless = shortage.waitNanos() < 0;
        if (hopeless) {
            headers.add(Map.entry("x-should-retry", "false"));
        } else {
            headers.add(Map.entry("Retry-After", Long.toString(Math.ceilDiv(shortage.waitNanos(), NANOS))));
        }
        return new Refusal(ErrorKind.RATE_LIMITED, message(shortage), headers);
    }

    private static String message(RateShortage shortage) {
        String who = "rate limit " + shortage.rule() + (shortage.each().isEmpty() ? "" : " " + shortage.each());
        if (shortage.waitNanos() < 0) {
            return who + " allows " + shortage.limit() + " tokens, and this call alone needs about " + shortage.asked()
                    + ": it can never pass; make it shorter, or raise the limit";
        }
        String again = "; try again in " + duration(shortage.waitNanos());
        return switch (shortage.kind()) {
            case REQUESTS ->
                who + " allows " + shortage.limit() + " requests, and " + shortage.used() + " are used" + again;
            case TOKENS ->
                who + " allows " + shortage.limit() + " tokens, " + shortage.used()
                        + " are used, and this call needs about " + shortage.asked() + again;
            case CONCURRENT ->
                who + " allows " + shortage.limit() + " calls at one time, and " + shortage.used() + " are under way"
                        + again;
        };
    }

    /** As OpenAI writes them, in Go's notation: {@code 20ms}, {@code 1.5s}, {@code 6m0s}, {@code 1h0m0s}; milliseconds, rounded up. */
    static String duration(long nanos) {
        long millis = Math.ceilDiv(nanos, 1_000_000L);
        if (millis < 1000) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        long seconds = millis / 1000;
        StringBuilder text = new StringBuilder(16);
        if (seconds >= 3600) {
            text.append(seconds / 3600).append('h');
        }
        if (seconds >= 60) {
            text.append(seconds / 60 % 60).append('m');
        }
        text.append(seconds % 60);
        long rest = millis % 1000;
        if (rest > 0) {
            String digits = Long.toString(1000 + rest).substring(1);
            text.append('.').append(digits.replaceFirst("0+$", ""));
        }
        return text.append('s').toString();
    }
}
