package io.tollgate.server.api;

import io.tollgate.budget.report.format.RequestJson;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.admin.AdminStream;
import io.tollgate.server.front.InboundRequest;
import io.tollgate.server.front.ResponseChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET live}: every request as it ends, as server-sent events. Rows come from the event loops, one thread makes
 * events of them, and each watcher's loop sends them. Whoever is slow misses events and is told how many.
 */
public final class LiveFeed implements AdminResource, Consumer<UsageRow>, AutoCloseable {
    /** The path. */
    public static final String PATH = "/api/v1/live";

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final int MAX_WATCHERS = 64;
    private static final int MAX_WAITING_ROWS = 1024;
    private static final long KEEP_ALIVE_SECONDS = 15;
    private static final byte[] KEEP_ALIVE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final BlockingQueue<UsageRow> rows = new ArrayBlockingQueue<>(MAX_WAITING_ROWS);
    private final Set<LiveWatcher> watchers = ConcurrentHashMap.newKeySet();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = Thread.ofPlatform().daemon().name("live-feed").unstarted(this::send);
    private volatile boolean closed;

    /** Begins to take rows. */
    public void start() {
        thread.start();
    }

    /** A row was queued for the ledger; on an event loop. */
    @Override
    public void accept(UsageRow row) {
        if (!watchers.isEmpty() && row.last() && !rows.offer(row)) {
            dropped.increment();
            watchers.forEach(LiveWatcher::miss);
        }
    }

    private void send() {
        while (!closed) {
            try {
                UsageRow row = rows.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
                byte[] event = row == null ? KEEP_ALIVE : event(row);
                for (LiveWatcher watcher : watchers) {
                    if (!watcher.offer(event)) {
                        dropped.increment();
                    }
                }
            } catch (InterruptedException e) {
                return; // closed
            } catch (RuntimeException e) {
                log.error("a request could not be shown live", e);
            }
        }
    }

    private static byte[] event(UsageRow row) {
        return ("event: request\nid: " + row.requestId() + "\ndata: " + RequestJson.row(row) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Those who watch. */
    public int watchers() {
        return watchers.size();
    }

    /** Events that some watcher was not sent. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    /** To a HEAD. */
    @Override
    public AdminAnswer answer(AdminRequest request) {
        return AdminAnswer.text(LiveWatcher.CONTENT_TYPE, "");
    }

    @Override
    public AdminStream stream() {
        return this::open;
    }

    private void open(InboundRequest request, ResponseChannel response) {
        if (watchers.size() >= MAX_WATCHERS) {
            throw new AdminProblem(503, MAX_WATCHERS + " watch already; GET /api/v1/requests can be polled");
        }
        LiveWatcher watcher = new LiveWatcher(response, request.loop().loop(), watchers::remove);
        watchers.add(watcher);
        watcher.begin();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        watchers.forEach(LiveWatcher::end);
    }
}
