package io.tollgate.server.fakeprovider.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.fakeprovider.behaviour.Damage;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends an answer as its behaviour says: late, slowly, in splinters, broken. On the connection's loop. */
final class ScriptedReply implements Reply {
    private static final int LARGEST_PIECE = 64 * 1024;

    private final EventExecutor loop;
    private final ReplyOutput output;
    private final Behaviour behaviour;
    private final Damage damage;
    private final long paceNanos;
    private final int largestPiece;
    private Iterator<byte[]> parts;
    private byte @Nullable [] part;
    private int offset;
    private long due;
    private boolean pumping;
    private boolean begun;

    ScriptedReply(EventExecutor loop, ReplyOutput output, Answer answer, Behaviour behaviour) {
        this.loop = loop;
        this.output = output;
        this.behaviour = behaviour;
        this.damage = behaviour.damage();
        this.paceNanos = behaviour.timing().pace().toNanos();
        this.largestPiece = damage.splitBytes() > 0 ? damage.splitBytes() : LARGEST_PIECE;
        byte[] whole = output.whole();
        this.parts =
                whole == null ? BodyParts.of(answer, behaviour) : List.of(whole).iterator();
    }

    @Override
    public void start() {
        after(behaviour.timing().head(), this::begin);
    }

    private void begin() {
        Cut cut = damage.cut();
        byte[] garbage = damage.garbage();
        if (cut != null && cut.beforeHead()) {
            breakOff(cut.kind());
            return;
        }
        if (garbage != null) {
            output.raw(garbage);
            output.close();
            return;
        }
        if (behaviour.manners().contains(Manner.ENDLESS_HEAD)) {
            output.raw(output.head().open());
            byte[] line = ("x-filler: " + "f".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            parts = Stream.generate(() -> line).iterator();
            pumpFrom(System.nanoTime());
            return;
        }
        output.raw(output.head().closed());
        if (!behaviour.timing().firstByte().isZero()) {
            output.flush();
        }
        after(behaviour.timing().firstByte(), () -> pumpFrom(System.nanoTime()));
    }

    private void pumpFrom(long now) {
        begun = true;
        due = now;
        pump();
    }

    /** Sends what may be sent now. */
    private void pump() {
        if (pumping || output.isOver()) {
            return;
        }
        pumping = true;
        try {
            while (begun && step()) {
                // One piece a step.
            }
        } finally {
            pumping = false;
        }
    }

    private boolean step() {
        byte[] current = part;
        if (current == null) {
            return nextPart();
        }
        if (!output.isWritable()) {
            output.flush();
            if (!output.isWritable()) {
                return false;
            }
        }
        Cut cut = damage.cut();
        long room = cut == null ? Long.MAX_VALUE : cut.bytes() - output.bodyBytes();
        int length = (int) Math.min(Math.min(largestPiece, current.length - offset), room);
        if (length > 0) {
            output.piece(current, offset, length);
            offset += length;
        }
        if (damage.splitBytes() > 0) {
            output.flush();
        }
        if (cut != null && output.bodyBytes() >= cut.bytes()) {
            begun = false;
            breakOff(cut.kind());
            return false;
        }
        if (offset == current.length) {
            part = null;
            output.eventSent();
        }
        return true;
    }

    private boolean nextPart() {
        Cut cut = damage.cut();
        if (!parts.hasNext() || (cut != null && cut.bytes() == output.bodyBytes())) {
            begun = false;
            if (cut == null) {
                output.finish();
            } else {
                breakOff(cut.kind());
            }
            return false;
        }
        long wait = due - System.nanoTime();
        if (paceNanos > 0 && wait > 0) {
            output.flush();
            begun = false;
            ScheduledFuture<?> unused = loop.schedule(
                    () -> {
                        begun = true;
                        pump();
                    },
                    wait,
                    TimeUnit.NANOSECONDS);
            return false;
        }
        due += paceNanos;
        part = parts.next();
        offset = 0;
        return true;
    }

    private void breakOff(Cut.Kind kind) {
        switch (kind) {
            case END, ERROR_EVENT -> output.finish();
            case CLOSE -> output.close();
            case RESET -> output.reset();
            case SILENCE -> output.flush();
        }
    }

    private void after(Duration delay, Runnable action) {
        if (delay.isZero()) {
            action.run();
        } else {
            ScheduledFuture<?> unused = loop.schedule(
                    () -> {
                        if (!output.isOver()) {
                            action.run();
                        }
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void writable() {
        pump();
    }

    @Override
    public void peerClosed() {
        output.peerClosed();
    }
}
