package io.tollgate.cache.store.memory;

import static io.tollgate.cache.store.Replies.A;
import static io.tollgate.cache.store.Replies.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.Purge;
import io.tollgate.cache.store.Replies;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreContract;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import io.tollgate.cache.store.disk.DiskSettings;
import io.tollgate.cache.store.disk.DiskStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoLevelStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected ReplyStore open() {
        return new TwoLevelStore(
                new MemoryStore(MAX_BYTES, clock), DiskStore.open(new DiskSettings(folder, MAX_BYTES, null), clock));
    }

    @Test
    void an_answer_found_on_the_second_level_moves_up() {
        SlowStore slow = new SlowStore();
        MemoryStore memory = new MemoryStore(MAX_BYTES, clock);
        ReplyStore both = new TwoLevelStore(memory, slow);
        CompletableFuture<Optional<StoredReply>> found = both.get(key(1), A);
        assertThat(found).isNotDone();
        slow.answer.complete(Optional.of(Replies.reply(clock.instant(), A, "x")));

        assertThat(found.join()).isPresent();
        assertThat(memory.get(key(1), A).join()).isPresent();
    }

    @Test
    void a_purge_between_reading_and_moving_up_wins() {
        SlowStore slow = new SlowStore();
        MemoryStore memory = new MemoryStore(MAX_BYTES, clock);
        ReplyStore both = new TwoLevelStore(memory, slow);
        CompletableFuture<Optional<StoredReply>> found = both.get(key(1), A);
        both.purge(Purge.ALL).join();
        slow.answer.complete(Optional.of(Replies.reply(clock.instant(), A, "x")));

        assertThat(found).isCompleted();
        assertThat(memory.get(key(1), A).join()).isEmpty();
    }

    @Test
    void a_newer_answer_is_not_overwritten_by_one_read_meanwhile() {
        SlowStore slow = new SlowStore();
        MemoryStore memory = new MemoryStore(MAX_BYTES, clock);
        ReplyStore both = new TwoLevelStore(memory, slow);
        both.get(key(1), A);
        both.put(key(1), Replies.reply(clock.instant(), A, "new"));
        slow.answer.complete(Optional.of(Replies.reply(clock.instant(), A, "old")));

        assertThat(memory.get(key(1), A).join().map(Replies::text)).contains("new");
    }

    /** Answers when it is told to. */
    private static final class SlowStore implements ReplyStore {
        final CompletableFuture<Optional<StoredReply>> answer = new CompletableFuture<>();

        @Override
        public CompletableFuture<Optional<StoredReply>> get(CacheKey key, Scope scope) {
            return answer;
        }

        @Override
        public CompletableFuture<Boolean> put(CacheKey key, StoredReply reply) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<Integer> purge(Purge what) {
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public List<StoreFigures> figures() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
