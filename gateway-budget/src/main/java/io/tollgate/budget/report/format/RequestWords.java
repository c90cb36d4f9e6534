package io.tollgate.budget.report.format;

import io.tollgate.budget.report.Lever;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was decided about a request, in words. */
final class RequestWords {
    /** A decision and what there is to say of it. */
    record Sentence(String decision, String text) {}

    private RequestWords() {}

    static List<Sentence> of(List<UsageRow> attempts) {
        UsageRow row = attempts.getLast();
        List<Sentence> words = new ArrayList<>();
        words.add(new Sentence("caller", caller(row)));
        words.add(new Sentence("route", route(row)));
        words.add(new Sentence("cache", cache(row.decisions().cache())));
        words.add(new Sentence("cap", cap(row.decisions())));
        words.add(new Sentence("usage", usage(row)));
        words.add(new Sentence("cost", cost(row)));
        words.add(new Sentence("end", end(row, attempts.size())));
        return words;
    }

    private static String caller(UsageRow row) {
        String tags = row.tags().isEmpty()
                ? "no tags"
                : row.tags().asMap().entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", "));
        return (row.key() == null ? "Admitted without a virtual key" : "Called with the virtual key " + row.key())
                + "; counted for " + tags + ".";
    }

    private static String route(UsageRow row) {
        UsageRow.Call call = row.call();
        if (call.provider() == null) {
            return "Went to no provider; asked for " + Objects.requireNonNullElse(call.modelAsked(), "no model") + ".";
        }
        String reason = row.decisions().routeReason() == null
                ? ""
                : ": " + row.decisions().routeReason();
        String where = Objects.requireNonNullElse(call.modelSent(), "no model") + " at " + call.provider();
        return row.decisions().routeRule().equals("direct")
                ? "Meant for " + where + ", as asked" + reason + "."
                : "The rule " + row.decisions().routeRule() + " chose " + where + " instead of "
                        + Objects.requireNonNullElse(call.modelAsked(), "no model") + reason + ".";
    }

    private static String cache(@Nullable String use) {
        if (use == null) {
            return "The cache was not asked: it is off, or the request ended before.";
        }
        String name = use.contains(";") ? use.substring(0, use.indexOf(';')) : use;
        String reason = use.contains("reason=") ? use.substring(use.indexOf("reason=") + 7) : "";
        return switch (name) {
            case "hit" -> "Answered from the cache: the same was asked before.";
            case "semantic-hit" -> "Answered from the cache: something that means the same was asked before.";
            case "coalesced" -> "Given the answer of an identical call that was under way.";
            case "miss" -> "The cache had no answer, so it was bought.";
            case "refresh" -> "The caller wanted a new answer for the cache.";
            default -> "Passed the cache by" + (reason.isEmpty() ? "" : ": " + reason) + ".";
        };
    }

    private static String cap(UsageRow.Decisions decisions) {
        if (decisions.cap() < 0) {
            return "No cap on output tokens went upstream.";
        }
        String by = switch (Objects.requireNonNullElse(decisions.capSource(), "")) {
            case "caller" -> "the caller's own";
            case "policy" -> "set by policy";
            case "learned" -> "learned from such answers";
            case "budget" -> "what a budget left";
            default -> "of an unknown source";
        };
        return "Output was capped at " + Numbers.grouped(decisions.cap()) + " tokens, " + by + ".";
    }

    private static String usage(UsageRow row) {
        Usage usage = row.metered().report().usage();
        String tokens = Numbers.grouped(usage.input()) + " input, " + Numbers.grouped(usage.cacheRead())
                + " from the provider's cache, " + Numbers.grouped(usage.cacheWrite5m() + usage.cacheWrite1h())
                + " written to it, " + Numbers.grouped(usage.output()) + " output tokens";
        return switch (row.metered().report().source()) {
            case PROVIDER -> "The provider reported " + tokens + ".";
            case PARTIAL -> "The answer broke off; until then " + tokens + " were counted.";
            case ESTIMATED -> "Nothing was reported; estimated " + tokens + ".";
            case NONE -> "Nothing is known to have been used.";
        };
    }

    private static String cost(UsageRow row) {
        if (!row.metered().cost().isPriced()) {
            return "No price is known, so neither cost nor savings are.";
        }
        String levers = row.savings().byLever().entrySet().stream()
                .map(saved -> title(saved.getKey()) + " " + Numbers.usd(saved.getValue()))
                .collect(Collectors.joining(", "));
        return "Cost " + Numbers.usd(row.metered().cost().nanos()) + " USD of a baseline of "
                + Numbers.usd(row.savings().baselineNanos()) + " USD"
                + (levers.isEmpty() ? "; nothing was saved." : "; saved: " + levers + ".");
    }

    private static String title(String lever) {
        Lever known = Lever.of(lever);
        return known == null ? lever : known.title() + (known.isEstimate() ? " (estimated)" : "");
    }

    private static String end(UsageRow row, int attempts) {
        String times = attempts == 1 ? "" : ", after " + attempts + " attempts";
        String took = String.format(Locale.ROOT, "%.1f ms", row.latency().totalMicros() / 1000.0);
        return switch (row.end()) {
            case COMPLETE -> "Complete with status " + row.status() + " after " + took + times + ".";
            case CACHED -> "Given whole from the cache after " + took + ".";
            case REFUSED -> "Refused by Tollgate with status " + row.status() + ".";
            case UPSTREAM_FAILED -> "The provider failed after " + took + times + ".";
            case CLIENT_GONE -> "The caller left after " + took + ".";
            case TIMED_OUT -> "The provider was too slow; given up after " + took + times + ".";
            case CUT_BY_BUDGET -> "Ended by a budget after " + took + ".";
            case STOPPED_EARLY -> "Ended early, as configured, after " + took + ".";
        };
    }
}
