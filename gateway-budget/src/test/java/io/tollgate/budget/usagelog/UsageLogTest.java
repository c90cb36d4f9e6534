package io.tollgate.budget.usagelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageLogTest {
    private final MemoryStore store = new MemoryStore();

    private static UsageRow row(String id) {
        UsageRow r = RandomRows.plain(1_700_000_000_000L);
        return new UsageRow(
                id,
                1,
                true,
                r.atMillis(),
                r.key(),
                r.tags(),
                r.call(),
                r.decisions(),
                r.metered(),
                r.savings(),
                r.latency(),
                r.status(),
                r.end());
    }

    private static RowSlot reserve(UsageLog log) {
        return Objects.requireNonNull(log.tryReserve(), "no room");
    }

    @Test
    void rows_of_many_threads_are_all_written_once_and_in_each_threads_order() throws Exception {
        int threads = 8;
        int each = 5_000;
        try (UsageLog log = new UsageLog(store, threads * each)) {
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "t" + t + "-";
                producers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        reserve(log).append(row(name + i));
                    }
                }));
            }
            for (Thread producer : producers) {
                producer.join();
            }
        }
        List<String> ids = store.rows.stream().map(UsageRow::requestId).toList();
        assertThat(ids).hasSize(threads * each).doesNotHaveDuplicates();
        for (int t = 0; t < threads; t++) {
            String name = "t" + t + "-";
            assertThat(ids.stream().filter(id -> id.startsWith(name)).toList())
                    .isEqualTo(IntStream.range(0, each).mapToObj(i -> name + i).toList());
        }
        assertThat(store.closed).isTrue();
    }

    @Test
    void a_full_log_refuses_new_requests_and_still_takes_the_rows_of_admitted_ones() {
        store.mayWrite.drainPermits();
        try (UsageLog log = new UsageLog(store, 3)) {
            RowSlot open = reserve(log);
            reserve(log).append(row("a"));
            reserve(log).append(row("b"));
            assertThat(log.tryReserve()).isNull();
            assertThat(log.rejected()).isEqualTo(1);
            open.append(row("c"));
            assertThat(log.used()).isEqualTo(3);
            assertThat(log.tryReserve()).isNull();

            store.mayWrite.release(1_000);
            await().untilAsserted(() -> assertThat(log.used()).isZero());
            reserve(log).release();
        }
        assertThat(store.rows).extracting(UsageRow::requestId).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void room_that_is_not_needed_comes_back_once() {
        try (UsageLog log = new UsageLog(store, 2)) {
            RowSlot slot = reserve(log);
            slot.release();
            slot.release();
            assertThat(log.used()).isZero();
        }
    }

    @Test
    void further_attempts_are_taken_beyond_the_room_of_their_request() {
        store.mayWrite.drainPermits();
        try (UsageLog log = new UsageLog(store, 1)) {
            RowSlot slot = reserve(log);
            slot.append(row("first"));
            slot.append(row("second"));
            slot.release();
            assertThat(log.used()).isEqualTo(2);
            store.mayWrite.release(1_000);
            await().untilAsserted(() -> assertThat(log.used()).isZero());
        }
        assertThat(store.rows).extracting(UsageRow::requestId).containsExactly("first", "second");
    }

    @Test
    void a_broken_store_is_offered_the_same_rows_until_it_takes_them() {
        try (UsageLog log = new UsageLog(store, 100)) {
            store.broken = "disk full";
            reserve(log).append(row("a"));
            await().untilAsserted(() -> assertThat(log.status().failure()).isEqualTo("disk full"));
            assertThat(log.healthy()).isFalse();
            reserve(log).append(row("b"));
            store.broken = null;
            await().untilAsserted(() -> assertThat(log.healthy()).isTrue());
            await().untilAsserted(() -> assertThat(log.used()).isZero());
            assertThat(log.status().failures()).isPositive();
            assertThat(log.status().lost()).isZero();
        }
        assertThat(store.rows).extracting(UsageRow::requestId).containsExactly("a", "b");
    }

    @Test
    void a_row_that_breaks_the_stores_code_takes_no_other_row_with_it() {
        store.mayWrite.drainPermits();
        store.poison = "bad";
        try (UsageLog log = new UsageLog(store, 100)) {
            for (String id : List.of("a", "bad", "b")) {
                reserve(log).append(row(id));
            }
            store.mayWrite.release(1_000);
            await().untilAsserted(() -> assertThat(log.used()).isZero());
            assertThat(log.status().lost()).isEqualTo(1);
            assertThat(log.status().rows()).isEqualTo(2);
        }
        assertThat(store.rows).extracting(UsageRow::requestId).containsExactly("a", "b");
    }

    @Test
    void rows_that_arrive_together_share_a_commit() {
        try (UsageLog log = new UsageLog(store, 10_000)) {
            for (int i = 0; i < 10_000; i++) {
                reserve(log).append(row("r" + i));
            }
            await().untilAsserted(() -> assertThat(log.status().rows()).isEqualTo(10_000));
            assertThat(log.status().commits()).isLessThan(500).isEqualTo(store.writes.get());
        }
    }

    @Test
    void a_row_after_a_long_silence_wakes_the_writer() {
        try (UsageLog log = new UsageLog(store, 10)) {
            await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            reserve(log).append(row("late"));
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(store.rows).hasSize(1));
        }
    }

    @Test
    void closing_gives_up_on_a_store_that_stays_broken_and_says_how_many_rows_are_lost() {
        UsageLog log = new UsageLog(store, 10);
        store.broken = "disk full";
        reserve(log).append(row("a"));
        log.close();
        assertThat(log.status().lost()).isEqualTo(1);
        assertThat(store.closed).isTrue();
    }
}
