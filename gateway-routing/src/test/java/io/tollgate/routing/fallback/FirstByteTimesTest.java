package io.tollgate.routing.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.core.provider.Timeouts;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FirstByteTimesTest {
    private final FirstByteTimes times = new FirstByteTimes();

    private static Target target(String model) {
        return new Target(
                new Provider("p", Family.OPENAI, URI.create("http://h"), null, Timeouts.DEFAULT),
                model,
                "/",
                List.of());
    }

    @Test
    void the_quantile_is_told_once_enough_was_seen_of_target_and_kind() {
        for (int millis = 1; millis <= 100; millis++) {
            assertThat(times.quantile(target("m"), true, 0.95, 100)).isEqualTo(-1);
            times.record(target("m"), true, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(times.quantile(target("m"), true, 0.95, 100) / 1e6).isBetween(95.0, 95 * 1.09);
        assertThat(times.quantile(target("m"), false, 0.95, 1)).isEqualTo(-1);
        assertThat(times.quantile(target("n"), true, 0.95, 1)).isEqualTo(-1);
    }

    @Test
    void callers_who_name_ever_new_models_take_no_more_room_than_there_is() {
        for (int i = 0; i < FirstByteTimes.MOST + 10; i++) {
            times.record(target("m" + i), false, 1_000_000);
        }
        assertThat(times.kinds()).isEqualTo(FirstByteTimes.MOST);
        assertThat(times.quantile(target("m" + FirstByteTimes.MOST), false, 0.5, 1))
                .isEqualTo(-1);
        assertThat(times.quantile(target("m0"), false, 0.5, 1)).isPositive();
    }

    @Test
    void a_share_is_saved_up_only_to_its_most() {
        RetryBudget share = new RetryBudget(0, 2);
        assertThat(share.tryTake()).isFalse();
        for (int i = 0; i < 1_000; i++) {
            share.call(0.05);
        }
        assertThat(share.tryTake()).isTrue();
        assertThat(share.tryTake()).isTrue();
        assertThat(share.tryTake()).isFalse();
        share.giveBack();
        assertThat(share.tryTake()).isTrue();
    }
}
