package io.tollgate.core.price;

import io.tollgate.core.usage.Usage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a model is billed. Immutable.
 *
 * @param rates for a prompt of any size, unless a tier says otherwise
 * @param tiers by prompt size; the highest one reached reprices the whole request
 * @param multipliers of token prices by service tier ({@code batch}, {@code flex}, {@code priority}), speed
 *     ({@code fast}) and region ({@code us}, {@code eu}), lower case
 * @param peaks hours at which token prices are multiplied; the first that holds counts
 * @param perUse what is billed beside tokens
 */
public record Tariff(
        Rates rates, List<Tier> tiers, Map<String, Factor> multipliers, List<PeakHours> peaks, PerUse perUse) {
    /** A tier, a speed and a region; more would be somebody's joke. */
    private static final int MOST_TERMS = 3;
    /** What providers call the service that their price lists are for; batches of answers may say nothing. */
    private static final Set<String> STANDARD =
            Set.of("", "default", "standard", "auto", "on_demand", "not_available", "global");

    /** Orders and copies. */
    public Tariff {
        tiers = tiers.stream()
                .sorted(Comparator.comparingLong(Tier::from).reversed())
                .toList();
        multipliers = Map.copyOf(multipliers);
        peaks = List.copyOf(peaks);
    }

    /** The same rates for every request. */
    public static Tariff flat(Rates rates) {
        return new Tariff(rates, List.of(), Map.of(), List.of(), PerUse.NOTHING);
    }

    /**
     * What a request costs in nano-dollars, rounded once, half up. An amount no long can hold is the largest long.
     *
     * @param serviceTier what the answer says it was served as; several terms are joined by {@code +}
     *     ({@code batch+us}); null and terms without a multiplier cost the standard price
     * @param at when it was served
     */
    public long nanos(Usage usage, @Nullable String serviceTier, Instant at) {
        Factor factor = factor(serviceTier, at);
        try {
            long tokens = Math.multiplyExact(ratesFor(usage).of(usage), factor.numerator());
            long half = Math.multiplyExact(Math.addExact(uses(usage), 500), factor.denominator());
            return Math.addExact(tokens, half) / Math.multiplyExact(factor.denominator(), 1000);
        } catch (ArithmeticException tooLarge) {
            return exactly(usage, serviceTier, at).toNanos();
        }
    }

    /** As {@link #nanos}, before rounding. */
    PicoDollars exactly(Usage usage, @Nullable String serviceTier, Instant at) {
        BigInteger uses = BigInteger.valueOf(Math.max(usage.webSearches(), 0))
                .multiply(BigInteger.valueOf(perUse.webSearch()))
                .add(BigInteger.valueOf(perUse.request()));
        return PicoDollars.of(ratesFor(usage).exactly(usage), factor(serviceTier, at))
                .plus(PicoDollars.of(uses, Factor.ONE));
    }

    /** The rates for a request of this size. */
    Rates ratesFor(Usage usage) {
        if (tiers.isEmpty()) {
            return rates;
        }
        long prompt = prompt(usage);
        for (int i = 0; i < tiers.size(); i++) {
            if (prompt >= tiers.get(i).from()) {
                return tiers.get(i).rates();
            }
        }
        return rates;
    }

    private static long prompt(Usage usage) {
        long prompt = saturated(usage.input(), usage.cacheRead());
        return saturated(saturated(prompt, usage.cacheWrite5m()), usage.cacheWrite1h());
    }

    private static long saturated(long a, long b) {
        long sum = Math.max(a, 0) + Math.max(b, 0);
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private long uses(Usage usage) {
        return Math.addExact(
                Math.multiplyExact(Math.max(usage.webSearches(), 0), perUse.webSearch()), perUse.request());
    }

    private Factor factor(@Nullable String serviceTier, Instant at) {
        Factor factor = serviceTier == null || multipliers.isEmpty() ? Factor.ONE : terms(serviceTier);
        for (int i = 0; i < peaks.size(); i++) {
            if (peaks.get(i).hold(at)) {
                return factor.times(peaks.get(i).factor());
            }
        }
        return factor;
    }

    private Factor terms(String serviceTier) {
        Factor factor = Factor.ONE;
        int start = 0;
        for (int term = 0; term < MOST_TERMS && start <= serviceTier.length(); term++) {
            int plus = serviceTier.indexOf('+', start);
            int end = plus < 0 ? serviceTier.length() : plus;
            factor = factor.times(multiplier(serviceTier.substring(start, end)));
            start = end + 1;
        }
        return factor;
    }

    private Factor multiplier(String term) {
        Factor factor = known(term);
        return factor != null ? factor : Factor.ONE;
    }

    private @Nullable Factor known(String term) {
        Factor factor = multipliers.get(term);
        return factor != null || STANDARD.contains(term) ? factor : multipliers.get(plain(term));
    }

    /** Vertex says ON_DEMAND_PRIORITY where the Gemini API says priority. */
    private static String plain(String term) {
        return term.strip().toLowerCase(Locale.ROOT).replace("on_demand_", "");
    }

    /** The first term of a service tier that neither has a multiplier here nor means the standard price; or null. */
    @Nullable
    String unknownTerm(@Nullable String serviceTier) {
        if (serviceTier == null || STANDARD.contains(serviceTier)) {
            return null;
        }
        for (String term : serviceTier.split("\\+", MOST_TERMS + 1)) {
            if (known(term) == null && !STANDARD.contains(plain(term))) {
                return term;
            }
        }
        return null;
    }

    /** The same text for the same tariff, whatever the order it was written in. */
    String canonical() {
        return rates + "|" + tiers + "|" + new TreeMap<>(multipliers) + "|"
                + peaks.stream()
                        .map(peak -> peak.fromMinute() + "-" + peak.toMinute()
                                + peak.days().stream().sorted().toList() + peak.factor())
                        .toList()
                + "|" + perUse;
    }
}
