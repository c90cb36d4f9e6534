package io.tollgate.routing.cap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.learn.Group;
import io.tollgate.core.learn.LearnedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Caps learned from simulated answers whose usual length drifts. */
class LearnedCapsTest {
    private static final double FACTOR = 1.5;
    private static final double Z95 = 1.6448536;
    private static final Group FAQ = new Group("faq", "gpt-4o-mini", "");

    private LearnedCaps caps = new LearnedCaps(0.95, 50);

    /** What a run of traffic came to. */
    private record Traffic(double cut, double capToQuantile) {}

    /**
     * Log-normal lengths of this spread; their median follows a slow wave of this height (a factor) and a random walk.
     * Every answer that would be longer than its cap is cut there.
     */
    private Traffic run(Group group, double median, double spread, double wave, int answers, Random random) {
        double walk = 0;
        int cut = 0;
        int capped = 0;
        double ratio = 0;
        for (int i = 0; i < answers; i++) {
            walk = 0.9999 * walk + 0.003 * random.nextGaussian();
            double centre = median * Math.pow(wave, Math.sin(2 * Math.PI * i / 8_000)) * Math.exp(walk);
            long length = Math.max(1, Math.round(centre * Math.exp(spread * random.nextGaussian())));
            long cap = caps.cap(group, FACTOR);
            boolean ours = cap >= 0;
            boolean wasCut = ours && length > cap;
            caps.record(group, wasCut ? cap : length, wasCut, ours);
            if (ours) {
                capped++;
                cut += wasCut ? 1 : 0;
                ratio += cap / Math.max(1, centre * Math.exp(spread * Z95));
            }
        }
        return new Traffic((double) cut / capped, ratio / capped);
    }

    @Test
    void under_drifting_traffic_less_than_one_answer_in_a_hundred_is_cut_by_caps_under_twice_what_is_needed() {
        Random random = new Random(20_261_129);
        double cut = 0;
        double ratio = 0;
        int groups = 0;
        StringBuilder each = new StringBuilder();
        for (String feature : List.of("faq", "summary", "mail", "code")) {
            for (String model : List.of("gpt-4o-mini", "claude-haiku-4-5", "gemini-2.5-flash")) {
                double spread = 0.3 + 0.1 * (groups % 6);
                Traffic traffic =
                        run(new Group(feature, model, ""), 60 + 140 * (groups % 4), spread, 1.6, 24_000, random);
                each.append(String.format(
                        Locale.ROOT,
                        "%s %s spread %.1f: cut %.4f, cap %.2f%n",
                        feature,
                        model,
                        spread,
                        traffic.cut(),
                        traffic.capToQuantile()));
                cut += traffic.cut();
                ratio += traffic.capToQuantile();
                groups++;
                assertThat(traffic.cut()).as(each.toString()).isLessThan(0.012);
                assertThat(traffic.capToQuantile()).as(each.toString()).isBetween(1.0, 2.2);
            }
        }
        assertThat(cut / groups).as(each.toString()).isLessThan(0.01);
        assertThat(ratio / groups).as(each.toString()).isLessThan(2);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 2", "0.6, 2", "0.8, 2", "1.0, 2.4"}) // at 1.0 nothing under 1.98 cuts less than one in a hundred
    void lengths_that_do_not_drift_are_cut_less_than_once_in_a_hundred(double spread, double most) {
        Traffic traffic = run(FAQ, 200, spread, 1, 40_000, new Random(5));
        assertThat(traffic.cut()).isLessThan(0.01);
        assertThat(traffic.capToQuantile()).isLessThan(most);
    }

    @Test
    void nothing_is_capped_before_enough_is_known_and_then_at_the_factor_times_the_quantile() {
        for (int i = 0; i < 49; i++) {
            caps.record(FAQ, 100, false, false);
        }
        assertThat(caps.cap(FAQ, FACTOR)).isEqualTo(-1);
        caps.record(FAQ, 100, false, false);
        assertThat(caps.cap(FAQ, FACTOR)).isBetween(150L, 165L);
        assertThat(caps.cap(new Group("new", FAQ.model(), ""), FACTOR))
                .as("a new feature begins with what its model is known for")
                .isBetween(150L, 165L);
        assertThat(caps.cap(new Group("new", "other", ""), FACTOR)).isEqualTo(-1);
    }

    @Test
    void caps_widen_while_more_than_one_in_a_hundred_is_cut_and_narrow_again_when_that_is_over() {
        for (int i = 0; i < 2_000; i++) {
            caps.record(FAQ, 100, false, true);
        }
        long usual = caps.cap(FAQ, FACTOR);
        caps.record(FAQ, usual, true, true);
        assertThat(caps.cap(FAQ, FACTOR)).as("one cut alone").isLessThan(usual * 11 / 10);
        for (int i = 0; i < 200; i++) {
            caps.record(FAQ, 100, false, true);
        }
        assertThat(caps.cap(FAQ, FACTOR))
                .as("once in two hundred is within the rate")
                .isEqualTo(usual);
        for (int i = 0; i < 1_000; i++) {
            boolean cut = i % 50 == 0;
            caps.record(FAQ, cut ? usual : 100, cut, true);
        }
        assertThat(caps.cap(FAQ, FACTOR)).as("once in fifty is not").isGreaterThan(usual * 3 / 2);
        assertThat(caps.cutAnswers()).isEqualTo(21);
        for (int i = 0; i < 4_000; i++) {
            caps.record(FAQ, 100, false, true);
        }
        assertThat(caps.cap(FAQ, FACTOR)).isEqualTo(usual);
    }

    @Test
    void what_was_learned_is_there_again_after_a_restart(@TempDir Path folder) throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < 3_000; i++) {
            caps.record(FAQ, Math.round(200 * Math.exp(0.5 * random.nextGaussian())), false, true);
        }
        long before = caps.cap(FAQ, FACTOR);
        for (int i = 0; i < 10; i++) {
            caps.record(FAQ, 100, true, true);
        }
        assertThat(caps.cap(FAQ, FACTOR)).as("widened").isGreaterThan(before * 2);
        LearnedFile file = new LearnedFile(folder.resolve("learned"));
        file.write(List.of(caps.memory()), caps.widening());
        LearnedCaps restarted = new LearnedCaps(0.95, 50);
        assertThat(file.read(List.of(restarted.memory()), restarted::widen)).isTrue();
        assertThat(restarted.cap(FAQ, FACTOR)).isEqualTo(caps.cap(FAQ, FACTOR));
        LearnedCaps without = new LearnedCaps(0.95, 50);
        without.widen(FAQ, Double.NaN);
        without.widen(FAQ, 1e9);
        assertThat(without.widening()).isEmpty();
    }
}
