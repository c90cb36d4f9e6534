package io.tollgate.server.config.prices;

import io.tollgate.core.price.Factor;
import io.tollgate.core.price.PeakHours;
import io.tollgate.core.price.PerUse;
import io.tollgate.core.price.Rates;
import io.tollgate.core.price.Tariff;
import io.tollgate.core.price.Tier;
import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a row bills: rates, tiers, multipliers, hours, uses. */
final class TariffReader {
    private static final List<String> SERVICES = List.of("batch", "flex", "priority", "fast");
    private static final List<String> REGIONS = List.of("us", "eu");
    private static final Pattern HOURS = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");

    private static final ScalarType<Factor> FACTOR =
            new ScalarType<>("a factor, such as 0.5, 1.1 or 5/3", Factor.ONE, TariffReader::factor);
    private static final ScalarType<BigDecimal> USD_PER_THOUSAND =
            ScalarTypes.DECIMAL.where(usd -> RatesReader.isPrice(usd, 9), "USD per thousand, 0 to 1000000, such as 10");
    private static final ScalarType<DayOfWeek> DAY =
            new ScalarType<>("one of mon, tue, wed, thu, fri, sat, sun", DayOfWeek.MONDAY, TariffReader::day);
    private static final ScalarType<int[]> WINDOW =
            new ScalarType<>("hours of a UTC day, such as 01:00-04:00", new int[] {0, 1}, TariffReader::window);

    private TariffReader() {}

    static Tariff read(YamlObject row) {
        YamlObject base = row.object("rates");
        Rates rates = RatesReader.read(base);
        Map<String, Factor> multipliers = new HashMap<>();
        read(row.object("multipliers"), SERVICES, multipliers);
        read(row.object("regions"), REGIONS, multipliers);
        YamlObject perUse = row.object("per_use");
        return new Tariff(
                rates,
                tiers(row, base),
                multipliers,
                row.objects("peak_hours").stream().map(TariffReader::peak).toList(),
                PerUse.usdPerThousand(
                        perUse.value("web_search_per_1k", USD_PER_THOUSAND).orElse(BigDecimal.ZERO),
                        perUse.value("request_per_1k", USD_PER_THOUSAND).orElse(BigDecimal.ZERO)));
    }

    private static List<Tier> tiers(YamlObject row, YamlObject base) {
        List<Tier> tiers = new ArrayList<>();
        Set<Long> starts = new HashSet<>();
        for (YamlObject tier : row.objects("tiers")) {
            Long over = tier.value("over", ScalarTypes.COUNT).orNull();
            Long from = tier.value("from", ScalarTypes.COUNT).orNull();
            if ((over == null) == (from == null)) {
                tier.problem("expected either over: (more tokens than) or from: (at least as many)");
            }
            long start = over != null ? over + 1 : from != null ? from : 0;
            if (!starts.add(start)) {
                tier.problem("begins where another tier of the row does");
            }
            YamlObject rates = tier.object("rates");
            tiers.add(new Tier(start, RatesReader.read(rates)));
            for (String key : RatesReader.KEYS) {
                if (base.has(key) && !rates.has(key)) {
                    rates.problem("leaves out " + key + ", which the row prices; a tier reprices the whole request");
                }
            }
        }
        return tiers;
    }

    private static void read(YamlObject factors, List<String> keys, Map<String, Factor> into) {
        for (String key : keys) {
            Factor factor = factors.value(key, FACTOR).orNull();
            if (factor != null) {
                into.put(key, factor);
            }
        }
    }

    private static PeakHours peak(YamlObject peak) {
        int[] window = peak.value("utc", WINDOW).required();
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : peak.values("days", DAY)) {
            days.add(day);
        }
        return new PeakHours(
                window[0],
                window[1],
                days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                peak.value("times", FACTOR).required());
    }

    private static @Nullable DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(text)) {
                return day;
            }
        }
        return null;
    }

    private static int @Nullable [] window(String text) {
        Matcher matcher = HOURS.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int from = minute(matcher.group(1), matcher.group(2));
        int to = minute(matcher.group(3), matcher.group(4));
        return from >= 0 && from < to ? new int[] {from, to} : null;
    }

    private static int minute(String hour, String minute) {
        int of = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        return Integer.parseInt(minute) < 60 && of <= 24 * 60 ? of : -1;
    }

    private static @Nullable Factor factor(String text) {
        try {
            return Factor.parse(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
