package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import io.tollgate.cache.store.Purge;
import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreCounters;
import io.tollgate.cache.store.StoreFigures;
import io.tollgate.cache.store.StoredReply;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers on disk, a file each, within a number of bytes. One thread writes, evicts and purges; a few read; an index in
 * memory answers at once what is not there. When room runs out the oldest go.
 */
public final class DiskStore implements ReplyStore {
    private static final int READERS = 4;
    private static final int MAX_WAITING = 1_024;
    private static final long MAX_WAITING_BYTES = 32 << 20;
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(2);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final DiskSettings settings;
    private final InstantSource clock;
    private final Seal seal;
    private final EntryFolder folder;
    private final DiskIndex index = new DiskIndex();
    private final StoreCounters counters = new StoreCounters();
    private final Complaint complaint;
    private final Backlog reads = new Backlog(MAX_WAITING, Long.MAX_VALUE);
    private final Backlog writes = new Backlog(MAX_WAITING, MAX_WAITING_BYTES);
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(daemons("tollgate-cache-writer"));
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, daemons("tollgate-cache-reader"));
    private boolean opened; // the writer's own

    private DiskStore(DiskSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        EncryptionKey key = settings.encryption();
        this.seal = key == null ? new DigestSeal() : new AesSeal(key);
        this.folder = new EntryFolder(settings.path(), seal.folder());
        this.complaint = new Complaint(settings.path(), counters);
    }

    /**
     * Opens a folder and looks through it, waiting for that two seconds at most; entries not seen by then come in while
     * it is used. A folder that cannot be used is complained of in the log, and tried again with every answer.
     */
    public static DiskStore open(DiskSettings settings, InstantSource clock) {
        DiskStore store = new DiskStore(settings, clock);
        try {
            CompletableFuture.runAsync(store::isOpen, store.writer)
                    .get(PATIENCE_AT_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the cache's folder cannot be looked through", e);
        } catch (TimeoutException e) {
            // a large folder: it is looked through while the gateway serves
        }
        long period = SWEEP.toMillis();
        store.writer.scheduleWithFixedDelay(store::sweep, period, period, TimeUnit.MILLISECONDS);
        return store;
    }

    @Override
    public CompletableFuture<Optional<StoredReply>> get(CacheKey key, Scope scope) {
        DiskEntry entry = index.find(key);
        if (entry == null
                || entry.expiresMillis() <= clock.millis()
                || !entry.scopeMark().equals(scopeMark(scope))) {
            return missed();
        }
        if (!reads.tryAdd(0)) {
            return missed();
        }
        try {
            return CompletableFuture.supplyAsync(() -> read(entry, scope), readers);
        } catch (RejectedExecutionException e) {
            reads.done(0);
            return missed();
        }
    }

    private CompletableFuture<Optional<StoredReply>> missed() {
        counters.lookedUp(false);
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private Optional<StoredReply> read(DiskEntry entry, Scope scope) {
        StoredReply reply = null;
        try {
            byte[] plain = seal.open(entry.key(), scope, folder.read(entry));
            reply = plain == null ? null : decoded(plain, scope);
            if (reply == null) {
                counters.corrupt();
                drop(entry);
            } else if (reply.isExpired(clock.instant())) {
                reply = null;
            }
        } catch (NoSuchFileException e) {
            index.remove(entry); // replaced, purged or taken away meanwhile
        } catch (IOException e) {
            complaint.failed(e);
        } finally {
            reads.done(0);
        }
        counters.lookedUp(reply != null);
        return Optional.ofNullable(reply);
    }

    private static @Nullable StoredReply decoded(byte[] plain, Scope scope) {
        try {
            StoredReply reply = ReplyCodec.decode(plain);
            return reply.scope().equals(scope) ? reply : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public CompletableFuture<Boolean> put(CacheKey key, StoredReply reply) {
        int weight = reply.weight();
        if (DiskEntry.blocks(weight) > settings.maxBytes() || !writes.tryAdd(weight)) {
            counters.dropped();
            return CompletableFuture.completedFuture(false);
        }
        return onWriter(
                () -> {
                    try {
                        return write(key, reply);
                    } finally {
                        writes.done(weight);
                    }
                },
                false);
    }

    private boolean write(CacheKey key, StoredReply reply) {
        if (reply.isExpired(clock.instant()) || !isOpen()) {
            return false;
        }
        byte[] content = seal.seal(key, reply.scope(), ReplyCodec.encode(reply));
        DiskEntry entry = new DiskEntry(
                key,
                scopeMark(reply.scope()),
                modelMark(reply.model()),
                reply.expiresAt().toEpochMilli(),
                DiskEntry.blocks(content.length));
        if (entry.bytes() > settings.maxBytes()) {
            counters.dropped();
            return false;
        }
        DiskEntry before = index.find(key);
        if (before != null) {
            drop(before);
        }
        makeRoom(entry.bytes());
        try {
            folder.write(entry, content);
            index.put(entry);
            complaint.worked();
            return true;
        } catch (IOException e) {
            complaint.failed(e);
            return false;
        }
    }

    private void makeRoom(long bytes) {
        DiskEntry oldest = index.oldest();
        while (oldest != null && index.bytes() + bytes > settings.maxBytes()) {
            drop(oldest);
            counters.evicted();
            oldest = index.oldest();
        }
    }

    @Override
    public CompletableFuture<Integer> purge(Purge what) {
        Scope scope = what.scope();
        String scopeMark = scope == null ? null : scopeMark(scope);
        String modelMark = what.model() == null ? null : modelMark(what.model());
        return onWriter(
                () -> {
                    List<DiskEntry> found =
                            index.matching(entry -> (scopeMark == null || scopeMark.equals(entry.scopeMark()))
                                    && (modelMark == null || modelMark.equals(entry.modelMark())));
                    found.forEach(this::drop);
                    return found.size();
                },
                0);
    }

    private void sweep() {
        long now = clock.millis();
        for (DiskEntry entry : index.matching(entry -> entry.expiresMillis() <= now)) {
            drop(entry);
            counters.expired();
        }
    }

    private void drop(DiskEntry entry) {
        if (index.remove(entry)) {
            try {
                folder.delete(entry);
            } catch (IOException e) {
                complaint.failed(e);
            }
        }
    }

    /** On the writer's thread. */
    private boolean isOpen() {
        if (opened) {
            return true;
        }
        try {
            folder.open();
            opened = true;
            folder.scan().forEach(this::found);
            sweep();
            makeRoom(0);
        } catch (IOException e) {
            complaint.failed(e);
        }
        return opened;
    }

    private void found(DiskEntry entry) {
        DiskEntry twin = index.put(entry);
        if (twin != null && !twin.fileName().equals(entry.fileName())) {
            try {
                folder.delete(twin);
            } catch (IOException e) {
                complaint.failed(e);
            }
        }
    }

    private <T> CompletableFuture<T> onWriter(java.util.function.Supplier<T> task, T otherwise) {
        try {
            return CompletableFuture.supplyAsync(task, writer);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(otherwise); // closed
        }
    }

    private String scopeMark(Scope scope) {
        return seal.mark("scope", scope.text());
    }

    private String modelMark(@Nullable String model) {
        return seal.mark("model", model == null ? "" : model);
    }

    @Override
    public List<StoreFigures> figures() {
        return List.of(counters.figures("disk", index.size(), index.bytes(), settings.maxBytes()));
    }

    /** What was handed over is written first, for five seconds at most. */
    @Override
    public void close() {
        readers.shutdown();
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.shutdownNow();
            }
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            complaint.failed(e);
        }
    }

    private static java.util.concurrent.ThreadFactory daemons(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }
}
