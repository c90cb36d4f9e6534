package io.tollgate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
    @Test
    void metrics_their_labels_and_groupings_are_found() {
        Expressions found = Expressions.of("""
                sum by (team, le) (rate(a_total{end=~"x|y", status!="by (z)"}[5m])) / on (job) b > 0.05
                  and histogram_quantile(0.99, c_bucket offset 1d) > 3 * max(d{e="{{f}}"})
                """);

        assertThat(found.selected())
                .isEqualTo(Map.of(
                        "a_total", Set.of("end", "status"), "b", Set.of(), "c_bucket", Set.of(), "d", Set.of("e")));
        assertThat(found.grouped()).containsExactlyInAnyOrder("team", "le", "job");
    }
}
