package io.tollgate.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TariffPropertyTest {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    @Test
    void costs_equal_decimal_arithmetic_on_dollars_rounded_once() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            BigDecimal input = usd(random);
            BigDecimal output = usd(random);
            BigDecimal read = usd(random);
            BigDecimal write = usd(random);
            BigDecimal longWrite = usd(random);
            BigDecimal search = usd(random);
            BigDecimal times = BigDecimal.valueOf(random.nextInt(1, 100), 2);
            BigDecimal peak = BigDecimal.valueOf(random.nextInt(1, 30), 1);
            Instant at = Instant.ofEpochSecond(random.nextLong(2_000_000_000L));
            int fromHour = random.nextInt(24);
            Tariff tariff = new Tariff(
                    Rates.usd(input, output, read, write, longWrite, null, null, null, null),
                    List.of(),
                    Map.of("flex", Factor.parse(times.toString())),
                    List.of(new PeakHours(
                            fromHour * 60,
                            (fromHour + 1) * 60,
                            EnumSet.allOf(DayOfWeek.class),
                            Factor.parse(peak.toString()))),
                    PerUse.usdPerThousand(search, BigDecimal.ZERO));
            Usage usage = new Usage(
                    count(random),
                    count(random),
                    count(random),
                    count(random),
                    count(random),
                    0,
                    0,
                    0,
                    0,
                    random.nextInt(5));
            boolean flex = random.nextBoolean();

            BigDecimal tokens = input.multiply(BigDecimal.valueOf(usage.input()))
                    .add(read.multiply(BigDecimal.valueOf(usage.cacheRead())))
                    .add(write.multiply(BigDecimal.valueOf(usage.cacheWrite5m())))
                    .add(longWrite.multiply(BigDecimal.valueOf(usage.cacheWrite1h())))
                    .add(output.multiply(BigDecimal.valueOf(usage.output())))
                    .divide(MILLION);
            if (flex) {
                tokens = tokens.multiply(times);
            }
            if (at.atZone(java.time.ZoneOffset.UTC).getHour() == fromHour) {
                tokens = tokens.multiply(peak);
            }
            BigDecimal expected = tokens.add(search.multiply(BigDecimal.valueOf(usage.webSearches()))
                            .movePointLeft(3))
                    .movePointRight(9)
                    .setScale(0, RoundingMode.HALF_UP);

            String tier = flex ? "flex" : "standard";
            assertThat(tariff.nanos(usage, tier, at))
                    .as("seed %d, round %d: %s of %s", seed, round, usage, tariff)
                    .isEqualTo(expected.longValueExact());
            assertThat(tariff.exactly(usage, tier, at).toNanos())
                    .as("the wide path, seed %d, round %d", seed, round)
                    .isEqualTo(expected.longValueExact());
        }
    }

    private static BigDecimal usd(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(7));
    }

    /** Mostly a request's counts, sometimes a month's. */
    private static long count(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(10);
            case 2 -> random.nextInt(1_000_000);
            default -> random.nextLong(1_000_000_000L);
        };
    }
}
