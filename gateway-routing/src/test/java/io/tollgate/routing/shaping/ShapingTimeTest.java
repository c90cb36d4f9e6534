package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapingTimeTest {
    private static final int WARM = 4_000;
    private static final int RUNS = 2_000;

    private static Request chat(int turns, int bytes) {
        StringBuilder json = new StringBuilder("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"")
                .append("You are a helper.  Please answer in order to help. ".repeat(Math.max(1, bytes / 200)))
                .append("\"}");
        for (int i = 0; i < turns; i++) {
            json.append(",{\"role\":\"")
                    .append(i % 2 == 0 ? "user" : "assistant")
                    .append("\",\"content\":\"")
                    .append("The market opens at seven. ".repeat(Math.max(1, bytes * 3 / 4 / turns / 27)))
                    .append("\"}");
        }
        return Request.of("openai-chat", json + "]}");
    }

    private static double micros(Request request, Levers levers) {
        long done = 0;
        long from = 0;
        for (int i = 0; i < WARM + RUNS; i++) {
            from = i == WARM ? System.nanoTime() : from;
            done += Shaper.work(request.facts(), request.body(), levers, request.tokens());
            done += request.shaped(levers).edits().size();
        }
        assertThat(done).isPositive();
        return (System.nanoTime() - from) / 1e3 / RUNS;
    }

    @Test
    void its_time_is_told() {
        Levers history =
                new Levers(new HistoryLimit(4, Long.MAX_VALUE, 1), Long.MAX_VALUE, Strategy.RELEVANT, false, Set.of());
        Levers trim = new Levers(HistoryLimit.NONE, Long.MAX_VALUE, Strategy.RELEVANT, true, Set.of());
        Levers truncate = new Levers(HistoryLimit.NONE, 100, Strategy.RELEVANT, false, Set.of());
        for (int bytes : new int[] {2_000, 40_000}) {
            System.out.printf(
                    "%d bytes: history %.1f µs, trim %.1f µs, truncate %.1f µs%n",
                    chat(9, bytes).body().length(),
                    micros(chat(9, bytes), history),
                    micros(chat(9, bytes), trim),
                    bytes > 10_000 ? Double.NaN : micros(chat(1, bytes), truncate));
        }
    }
}
