package io.tollgate.cache.flight;

import io.tollgate.cache.replay.Form;
import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.exchange.Audience;
import io.tollgate.core.pipeline.AnswerFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One upstream call and those who wait for its answer. The exchange that makes the call leads: it writes from its own
 * loop; followers read from theirs. The lock is held for a copy at most. Any thread.
 */
public final class Flight implements Audience {
    private record Waiting(Executor loop, Runnable task) {}

    private final Form form;
    private final int failures;
    private final Executor loop;
    private final long cap;
    private final Recording recording;
    private final CompletableFuture<Flight> begun = new CompletableFuture<>();
    private final CompletableFuture<Landing> landed = new CompletableFuture<>();
    private List<Waiting> waiting = new ArrayList<>(0);
    private int status;
    private List<Header> headers = List.of();
    private int followers;
    private boolean shared = true;
    private volatile boolean streams;
    private @Nullable Landing landing;
    private @Nullable Runnable onChange;

    /**
     * A call that is about to be made.
     *
     * @param form in which its answer was asked for
     * @param failures calls for the same answer that the provider failed just before
     * @param loop the leading exchange's
     * @param cap bytes recorded at most
     */
    public Flight(Form form, int failures, Executor loop, long cap, RecordingRoom room) {
        this.form = form;
        this.failures = failures;
        this.loop = loop;
        this.cap = cap;
        this.recording = new Recording(cap, room);
    }

    /** In which form its answer was asked for. */
    public Form form() {
        return form;
    }

    /** Calls for the same answer that the provider failed just before. */
    public int failures() {
        return failures;
    }

    /** Adds a follower; false when it is too late to hear the answer from its beginning. */
    public boolean join() {
        Runnable first;
        synchronized (this) {
            if (landing != null || !shared || !recording.isWhole()) {
                return false;
            }
            followers++;
            first = followers == 1 ? onChange : null;
        }
        run(loop, first);
        return true;
    }

    /** A follower is gone or served. */
    public void leave() {
        Runnable last;
        synchronized (this) {
            followers--;
            last = followers == 0 ? onChange : null;
            if (followers == 0 && landing != null) {
                recording.giveUp();
            }
        }
        run(loop, last);
    }

    private static void run(Executor on, @Nullable Runnable task) {
        if (task != null) {
            try {
                on.execute(task);
            } catch (RejectedExecutionException e) {
                // the loops are stopping, and every exchange with them
            }
        }
    }

    @Override
    public synchronized boolean isPresent() {
        return followers > 0 && landing == null;
    }

    @Override
    public long mostBehind() {
        return cap;
    }

    @Override
    public synchronized void onChange(Runnable task) {
        onChange = task;
    }

    /** The provider has begun to answer. {@code answers} is null where the answer is not to be shared as it arrives. */
    public void head(int answeredStatus, List<Header> answeredHeaders, @Nullable Form answers) {
        synchronized (this) {
            status = answeredStatus;
            headers = answeredHeaders;
        }
        if (answers == form && form != Form.PLAIN) {
            streams = true;
            begun.complete(this);
        }
    }

    /** The answer cannot be recorded: nobody may wait for it. */
    public void notShared() {
        synchronized (this) {
            shared = false;
            recording.giveUp();
        }
        begun.complete(this);
    }

    /** Whether a follower that has joined can read the answer from its first byte while it arrives. */
    public synchronized boolean canBeFollowed() {
        return streams && recording.isWhole() && (landing == null || landing.isWhole());
    }

    /** A plain answer, which nobody has read yet, gives way to another. */
    void restart() {
        synchronized (this) {
            status = 0;
            headers = List.of();
            recording.restart();
        }
    }

    /** The next bytes of the answer. */
    public void append(byte[] lent, int offset, int length) {
        synchronized (this) {
            recording.append(lent, offset, length, followers > 0);
        }
        wake();
    }

    /** What was recorded, or null when that is not all there was. */
    public synchronized byte @Nullable [] whole() {
        return recording.whole();
    }

    /** It is over; tells everyone. */
    public void land(Landing how) {
        synchronized (this) {
            landing = how;
            onChange = null;
            if (followers == 0) {
                recording.giveUp();
            }
        }
        landed.complete(how);
        begun.complete(this);
        wake();
    }

    private void wake() {
        List<Waiting> now;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            now = waiting;
            waiting = new ArrayList<>(now.size());
        }
        for (Waiting each : now) {
            run(each.loop(), each.task());
        }
    }

    /** Done when followers can read a stream of the form asked for, or when the call is over. */
    public CompletableFuture<Flight> begun() {
        return begun;
    }

    /** Done when the call is over. */
    public CompletableFuture<Landing> landed() {
        return landed;
    }

    /** How it was over, or null while it is under way. */
    public synchronized @Nullable Landing landing() {
        return landing;
    }

    /** HTTP status of the answer; 0 before it has begun. */
    public synchronized int status() {
        return status;
    }

    /** The answer's own headers, fit to be given again. */
    public synchronized List<Header> headers() {
        return headers;
    }

    /** The answer from its first byte, for a follower that has joined. */
    public AnswerFeed feed() {
        return new Feed();
    }

    private final class Feed implements AnswerFeed {
        private long position;

        @Override
        public @Nullable Piece next() {
            Piece piece;
            synchronized (Flight.this) {
                piece = recording.read(position);
            }
            position += piece == null ? 0 : piece.length();
            return piece;
        }

        @Override
        public State state() {
            synchronized (Flight.this) {
                if (recording.isLost(position)) {
                    return State.BROKEN;
                }
                if (landing == null || !recording.isEnd(position)) {
                    return State.OPEN;
                }
                return landing.isWhole() ? State.COMPLETE : State.BROKEN;
            }
        }

        @Override
        public void whenMore(Executor readersLoop, Runnable task) {
            synchronized (Flight.this) {
                if (landing == null && recording.isEnd(position)) {
                    waiting.add(new Waiting(readersLoop, task));
                    return;
                }
            }
            run(readersLoop, task);
        }
    }
}
