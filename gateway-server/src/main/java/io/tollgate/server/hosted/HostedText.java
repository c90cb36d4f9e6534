package io.tollgate.server.hosted;

import io.tollgate.core.text.JsonString;
import io.tollgate.core.usage.Dollars;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Break-evens for people and for programs. */
public final class HostedText {
    private static final long HOUR_MILLIS = 3_600_000;

    private HostedText() {}

    /** A paragraph for each. */
    public static String text(List<BreakEven> providers) {
        if (providers.isEmpty()) {
            return "No provider has hourly: {usd: …}; nothing to compare.\n";
        }
        return providers.stream().map(HostedText::paragraph).collect(Collectors.joining("\n"));
    }

    private static String paragraph(BreakEven it) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s: %s USD of machines in %.1f hours, %,d requests, %,d tokens (%,d an hour)%n",
                it.provider(),
                Dollars.format(it.machineNanos()),
                (double) it.millis() / HOUR_MILLIS,
                it.requests(),
                it.tokens(),
                it.tokensPerHour()));
        if (it.tokens() == 0) {
            return out.append("  It answered nothing: all of that was spent for nothing.\n")
                    .toString();
        }
        out.append("  a million tokens cost ")
                .append(Dollars.format(it.nanosPerMillion()))
                .append(" USD here, all in\n");
        String there = it.insteadOf() == null ? "the models asked for" : it.insteadOf();
        if (it.elsewhereNanos() < 0) {
            return out.append("  the price of ")
                    .append(there)
                    .append(" is unknown\n")
                    .toString();
        }
        out.append("  the same tokens at ")
                .append(there)
                .append(": ")
                .append(Dollars.format(it.elsewhereNanos()))
                .append(" USD, so it ")
                .append(it.gainNanos() < 0 ? "lost " : "saved ")
                .append(Dollars.format(Math.abs(it.gainNanos())))
                .append(" USD\n");
        long breakEven = it.breakEvenTokensPerHour();
        return out.append(
                        breakEven < 0
                                ? "  It never pays: its tokens cost as much by themselves.\n"
                                : String.format(
                                        Locale.ROOT,
                                        "  It pays from %,d tokens an hour on (of this mix); it had %d %% of that.%n",
                                        breakEven,
                                        100 * it.tokensPerHour() / Math.max(1, breakEven)))
                .toString();
    }

    /** {@code {"rows": [{"provider", "instead_of", …}]}}; figures that are not known are null. */
    public static String json(List<BreakEven> providers) {
        return providers.stream().map(HostedText::row).collect(Collectors.joining(",", "{\"rows\":[", "]}\n"));
    }

    private static String row(BreakEven it) {
        return "{\"provider\":" + JsonString.quote(it.provider())
                + ",\"instead_of\":" + (it.insteadOf() == null ? "null" : JsonString.quote(it.insteadOf()))
                + ",\"hours\":" + String.format(Locale.ROOT, "%.3f", (double) it.millis() / HOUR_MILLIS)
                + ",\"requests\":" + it.requests()
                + ",\"tokens\":" + it.tokens()
                + ",\"machine_nanos\":" + it.machineNanos()
                + ",\"token_nanos\":" + it.tokenNanos()
                + ",\"elsewhere_nanos\":" + known(it.elsewhereNanos())
                + ",\"gain_nanos\":" + (it.elsewhereNanos() < 0 ? "null" : it.gainNanos())
                + ",\"nanos_per_million_tokens\":" + known(it.nanosPerMillion())
                + ",\"tokens_per_hour\":" + it.tokensPerHour()
                + ",\"break_even_tokens_per_hour\":" + known(it.breakEvenTokensPerHour())
                + "}";
    }

    private static String known(long figure) {
        return figure < 0 ? "null" : Long.toString(figure);
    }
}
