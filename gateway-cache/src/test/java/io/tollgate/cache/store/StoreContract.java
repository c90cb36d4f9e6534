package io.tollgate.cache.store;

import static io.tollgate.cache.store.Replies.A;
import static io.tollgate.cache.store.Replies.B;
import static io.tollgate.cache.store.Replies.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it keeps answers in. */
public abstract class StoreContract {
    /** What the stores under test may hold. */
    protected static final long MAX_BYTES = 1 << 20;

    /** The stores' time. */
    protected final TestClock clock = new TestClock();

    private ReplyStore store = new MemoryStore(1, clock);

    /** An empty store of {@link #MAX_BYTES}. */
    protected abstract ReplyStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void what_was_put_is_got_back_whole() {
        StoredReply reply = Replies.reply(clock.instant(), A, "hello 😀");

        assertThat(store.put(key(1), reply).join()).isTrue();

        StoredReply found = store.get(key(1), A).join().orElseThrow();
        assertThat(found).usingRecursiveComparison().isEqualTo(reply);
        assertThat(store.get(key(2), A).join()).isEmpty();
    }

    @Test
    void absent_model_and_price_stay_absent() {
        StoredReply some = Replies.reply(clock.instant(), A, null, Duration.ofHours(1), new byte[0]);
        StoredReply reply = new StoredReply(
                some.status(),
                List.of(),
                some.body(),
                false,
                some.dialect(),
                some.operation(),
                some.provider(),
                null,
                null,
                some.usage(),
                io.tollgate.core.usage.Cost.UNPRICED,
                some.storedAt(),
                some.expiresAt(),
                A);
        store.put(key(1), reply).join();

        assertThat(store.get(key(1), A).join().orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(reply);
    }

    @Test
    void another_scope_gets_nothing_even_with_the_right_key() {
        store.put(key(1), Replies.reply(clock.instant(), A, "secret")).join();

        assertThat(store.get(key(1), B).join()).isEmpty();
        assertThat(store.get(key(1), A).join()).isPresent();
    }

    @Test
    void a_later_answer_takes_the_place_of_an_earlier_one() {
        store.put(key(1), Replies.reply(clock.instant(), A, "old")).join();
        clock.advance(Duration.ofMinutes(1));
        store.put(key(1), Replies.reply(clock.instant(), A, "new")).join();

        assertThat(text(1)).isEqualTo("new");
    }

    @Test
    void an_answer_is_given_until_its_time_is_over() {
        store.put(key(1), Replies.reply(clock.instant(), A, "hello")).join();

        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(store.get(key(1), A).join()).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(store.get(key(1), A).join()).isEmpty();
    }

    @Test
    void an_answer_whose_time_is_over_is_not_taken() {
        StoredReply reply = Replies.reply(clock.instant(), A, "late");
        clock.advance(Duration.ofHours(2));

        assertThat(store.put(key(1), reply).join()).isFalse();
        assertThat(store.get(key(1), A).join()).isEmpty();
    }

    @Test
    void a_purge_forgets_by_scope_by_model_by_both_and_all() {
        fill();
        assertThat(store.purge(new Purge(A, "m1")).join()).isEqualTo(1);
        assertThat(present()).containsExactly(1, 2, 3);
        assertThat(store.purge(new Purge(null, "m1")).join()).isEqualTo(1);
        assertThat(present()).containsExactly(1, 3);
        assertThat(store.purge(new Purge(B, null)).join()).isEqualTo(1);
        assertThat(present()).containsExactly(1);
        assertThat(store.purge(new Purge(new Scope("key:nobody"), null)).join()).isZero();
        assertThat(store.purge(Purge.ALL).join()).isEqualTo(1);
        assertThat(present()).isEmpty();
    }

    private void fill() {
        Instant now = clock.instant();
        int number = 0;
        for (Scope scope : List.of(A, B)) {
            for (String model : List.of("m1", "m2")) {
                byte[] body = {1};
                store.put(key(number++), Replies.reply(now, scope, model, Duration.ofHours(1), body))
                        .join();
            }
        }
    }

    private List<Integer> present() {
        List<Integer> present = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (store.get(key(i), i < 2 ? A : B).join().isPresent()) {
                present.add(i);
            }
        }
        return present;
    }

    @Test
    void an_answer_larger_than_the_store_is_not_taken() {
        byte[] body = new byte[(int) MAX_BYTES];

        assertThat(store.put(key(1), Replies.reply(clock.instant(), A, "m", Duration.ofHours(1), body))
                        .join())
                .isFalse();
        assertThat(store.figures().stream().mapToLong(StoreFigures::dropped).sum())
                .isPositive();
    }

    @Test
    void under_random_load_no_level_is_ever_over_its_bytes_and_every_answer_is_the_right_one() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            int number = random.nextInt(400);
            if (random.nextInt(3) > 0) {
                byte[] body = ("answer " + number + " " + "x".repeat(random.nextInt(20_000)))
                        .getBytes(StandardCharsets.UTF_8);
                store.put(key(number), Replies.reply(clock.instant(), A, "m", Duration.ofHours(1), body))
                        .join();
            } else {
                Optional<StoredReply> found = store.get(key(number), A).join();
                assertThat(found.map(Replies::text).orElse("answer " + number + " "))
                        .as("seed %d, round %d", seed, i)
                        .startsWith("answer " + number + " ");
            }
            for (StoreFigures level : store.figures()) {
                assertThat(level.bytes())
                        .as("%s, seed %d, round %d", level.level(), seed, i)
                        .isBetween(0L, MAX_BYTES);
            }
        }
        assertThat(store.figures()).allMatch(level -> level.evictions() > 0 && level.entries() > 10);
    }

    @Test
    void many_threads_get_what_some_thread_put() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 300; i++) {
                    int number = (i * 31 + thread) % 20;
                    store.put(key(number), Replies.reply(clock.instant(), A, "answer " + number));
                    assertThat(store.get(key(number), A)
                                    .join()
                                    .map(Replies::text)
                                    .orElse("answer " + number))
                            .isEqualTo("answer " + number);
                    if (i % 100 == 99) {
                        store.purge(new Purge(A, null)).join();
                    }
                }
            }));
        }
        threads.forEach(CompletableFuture::join);
        store.purge(Purge.ALL).join();
        for (int number = 0; number < 20; number++) {
            assertThat(store.get(key(number), A).join()).isEmpty();
        }
    }

    @Test
    void hits_and_misses_are_counted() {
        store.put(key(1), Replies.reply(clock.instant(), A, "x")).join();
        store.get(key(1), A).join();
        store.get(key(1), A).join();
        store.get(key(2), A).join();

        StoreFigures first = store.figures().getFirst();
        assertThat(first.hits()).isEqualTo(2);
        assertThat(first.misses()).isEqualTo(1);
        assertThat(first.entries()).isEqualTo(1);
        assertThat(first.bytes()).isPositive();
    }

    private String text(int number) {
        CacheKey key = key(number);
        return Replies.text(store.get(key, A).join().orElseThrow());
    }
}
