package io.tollgate.budget.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The same bucket in exact fractions: drops of 1/period of a thing, in numbers without a bound. */
    private static final class Reference {
        private final BigInteger amount;
        private final BigInteger period;
        private BigInteger used = BigInteger.ZERO;
        private long at;

        Reference(long amount, Duration per) {
            this.amount = BigInteger.valueOf(amount);
            this.period = BigInteger.valueOf(per.toNanos());
        }

        boolean take(long things, long now) {
            used = used.subtract(amount.multiply(BigInteger.valueOf(now - at))).max(BigInteger.ZERO);
            at = now;
            BigInteger then = used.add(period.multiply(BigInteger.valueOf(things)));
            boolean fits = then.compareTo(period.multiply(amount)) <= 0;
            used = fits ? then : used;
            return fits;
        }
    }

    private record Taken(long at, long things) {}

    private static boolean tryTake(TokenBucket bucket, long things, long now) {
        bucket.refill(now);
        if (bucket.waitFor(things, now) > 0) {
            return false;
        }
        bucket.take(things);
        return true;
    }

    private static long randomRate(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1, 10);
            case 1 -> random.nextInt(10, 1000);
            case 2 -> random.nextInt(1000, 200_000);
            default -> 60;
        };
    }

    private static Duration randomPeriod(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofSeconds(1);
            case 1 -> Duration.ofHours(1);
            case 2 -> Duration.ofDays(1);
            default -> MINUTE;
        };
    }

    @Test
    void it_grants_exactly_what_a_bucket_of_exact_fractions_grants() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            long amount = Math.min(randomRate(random), 800);
            Duration per = randomPeriod(random);
            TokenBucket bucket = new TokenBucket(Rate.of(amount, per), 0);
            Reference reference = new Reference(amount, per);
            long now = 0;
            for (int i = 0; i < 300; i++) {
                now += random.nextBoolean() ? 0 : random.nextLong(Math.max(2, 3 * per.toNanos() / amount));
                long things = random.nextLong(amount + 1);
                assertThat(tryTake(bucket, things, now))
                        .as("seed %d, take %d", seed, i)
                        .isEqualTo(reference.take(things, now));
            }
        }
    }

    @Test
    void in_no_window_of_any_length_more_is_taken_than_the_limit_and_what_refills_in_it() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            long amount = randomRate(random);
            Duration per = randomPeriod(random);
            TokenBucket bucket = new TokenBucket(Rate.of(amount, per), 0);
            List<Taken> taken = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 400; i++) {
                now += random.nextInt(3) == 0
                        ? random.nextLong(per.toNanos())
                        : random.nextLong(per.toNanos() / amount + 1);
                long things = 1 + random.nextLong(random.nextInt(5) == 0 ? amount : Math.max(1, amount / 20));
                if (tryTake(bucket, things, now)) {
                    taken.add(new Taken(now, things));
                }
            }
            BigInteger period = BigInteger.valueOf(per.toNanos());
            for (int from = 0; from < taken.size(); from++) {
                BigInteger sum = BigInteger.ZERO;
                for (int to = from; to < taken.size(); to++) {
                    sum = sum.add(BigInteger.valueOf(taken.get(to).things()).multiply(period));
                    BigInteger length = BigInteger.valueOf(
                            per.toNanos() + taken.get(to).at() - taken.get(from).at());
                    assertThat(sum)
                            .as("seed %d, window %d to %d", seed, from, to)
                            .isLessThanOrEqualTo(BigInteger.valueOf(amount).multiply(length));
                }
            }
        }
    }

    @Test
    void who_waits_as_long_as_told_gets_it_and_a_moment_earlier_does_not() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Rate rate = Rate.of(
                    random.nextInt(3) == 0 ? randomRate(random) * 1_000_003 : randomRate(random), randomPeriod(random));
            TokenBucket bucket = new TokenBucket(rate, 0);
            bucket.take(random.nextLong(1, 3 * rate.amount() + 1));
            long now = random.nextLong(rate.per().toNanos());
            bucket.refill(now);
            long things = random.nextLong(1, rate.amount() + 1);
            long wait = bucket.waitFor(things, now);
            if (wait > 0) {
                bucket.refill(now + wait - 1);
                assertThat(bucket.waitFor(things, now + wait - 1))
                        .as("seed %d", seed)
                        .isPositive();
                bucket.refill(now + wait);
            }
            assertThat(bucket.waitFor(things, now + wait)).as("seed %d", seed).isZero();
        }
    }

    @Test
    void whoever_takes_all_there_is_gets_the_whole_rate_over_time() {
        TokenBucket bucket = new TokenBucket(Rate.of(100, MINUTE), 0);
        long taken = 0;
        for (long second = 0; second < 3600; second++) {
            while (tryTake(bucket, 1, second * 1_000_000_000L)) {
                taken++;
            }
        }
        assertThat(taken).isEqualTo(100 + 100L * 3599 / 60);
    }

    @Test
    void huge_rates_overflow_nothing_and_are_never_faster_than_they_say() {
        for (Duration per : List.of(Duration.ofSeconds(1), MINUTE, Duration.ofDays(1))) {
            for (long amount : new long[] {1_000_000_007L, 999_999_999_989L, Rate.MOST}) {
                Rate rate = Rate.of(amount, per);
                TokenBucket bucket = new TokenBucket(rate, 0);
                bucket.take(Long.MAX_VALUE / 8);
                assertThat(bucket.used()).isEqualTo((TokenBucket.MOST_OWED + 1) * amount);
                bucket.refill(per.toNanos());
                assertThat(bucket.used())
                        .isBetween(TokenBucket.MOST_OWED * amount, TokenBucket.MOST_OWED * amount + amount / 10_000);
                bucket.refill(Long.MAX_VALUE / 2);
                assertThat(bucket.isFull()).isTrue();
            }
        }
    }

    @Test
    void what_was_used_beyond_it_is_owed_before_anything_can_be_taken_again() {
        TokenBucket bucket = new TokenBucket(Rate.of(60, MINUTE), 0);
        bucket.take(150);
        assertThat(bucket.remaining()).isZero();
        assertThat(Duration.ofNanos(bucket.waitFor(1, 0))).isEqualTo(Duration.ofSeconds(91));
        assertThat(Duration.ofNanos(bucket.untilFull())).isEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void what_is_given_back_is_there_again_but_never_more_than_the_limit() {
        TokenBucket bucket = new TokenBucket(Rate.of(60, MINUTE), 0);
        bucket.take(50);
        bucket.giveBack(20);
        assertThat(bucket.remaining()).isEqualTo(30);
        bucket.giveBack(Long.MAX_VALUE);
        assertThat(bucket.remaining()).isEqualTo(60);
    }

    @Test
    void a_reading_from_before_the_last_one_changes_nothing() {
        TokenBucket bucket = new TokenBucket(Rate.of(60, MINUTE), 0);
        bucket.take(60);
        bucket.refill(Duration.ofSeconds(10).toNanos());
        bucket.refill(0);
        bucket.refill(Duration.ofSeconds(10).toNanos());
        assertThat(bucket.remaining()).isEqualTo(10);
    }

    @Test
    void at_another_rate_what_is_used_stays_used() {
        TokenBucket bucket = new TokenBucket(Rate.of(60, MINUTE), 0);
        bucket.take(45);
        bucket.rate(Rate.of(1000, Duration.ofHours(1)));
        assertThat(bucket.used()).isEqualTo(45);
        bucket.rate(Rate.of(10, MINUTE));
        assertThat(bucket.used()).isEqualTo(45);
        assertThat(bucket.remaining()).isZero();
    }
}
