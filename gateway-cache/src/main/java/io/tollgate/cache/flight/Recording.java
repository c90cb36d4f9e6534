package io.tollgate.cache.flight;

import io.tollgate.core.pipeline.AnswerFeed.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer in pages, as far as a cap and the room in all allow. Beyond that the oldest pages go while
 * somebody reads along, so that whoever keeps up hears the end; else it is given up. Not thread-safe: its {@link Flight}
 * locks.
 */
final class Recording {
    private static final int FIRST_PAGE = 2 * 1024;
    private static final int LARGEST_PAGE = 16 * 1024;

    private static final class Page {
        private final long start;
        private final byte[] bytes;
        private int filled;

        Page(long start, int size) {
            this.start = start;
            this.bytes = new byte[size];
        }
    }

    private final long cap;
    private final RecordingRoom room;
    private final List<Page> pages = new ArrayList<>(4);
    private long kept;
    private long base;
    private long total;
    private boolean givenUp;

    Recording(long cap, RecordingRoom room) {
        this.cap = cap;
        this.room = room;
    }

    /** Adds bytes. {@code readAlong}: somebody reads, so what does not fit pushes out the oldest. */
    void append(byte[] lent, int offset, int length, boolean readAlong) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            Page page = givenUp ? null : pageWithRoom(readAlong);
            if (page == null) {
                total += end - from;
                base = total;
                return;
            }
            int some = Math.min(end - from, page.bytes.length - page.filled);
            System.arraycopy(lent, from, page.bytes, page.filled, some);
            page.filled += some;
            from += some;
            total += some;
        }
    }

    private @Nullable Page pageWithRoom(boolean readAlong) {
        Page last = pages.isEmpty() ? null : pages.getLast();
        if (last != null && last.filled < last.bytes.length) {
            return last;
        }
        int size = (int) Math.min(Math.min(LARGEST_PAGE, cap), Math.max(FIRST_PAGE, total));
        while (kept + size > cap || !room.take(size)) {
            if (!readAlong || pages.isEmpty()) {
                giveUp();
                return null;
            }
            dropOldest();
        }
        kept += size;
        Page page = new Page(total, size);
        pages.add(page);
        return page;
    }

    private void dropOldest() {
        Page oldest = pages.removeFirst();
        base = oldest.start + oldest.filled;
        kept -= oldest.bytes.length;
        room.giveBack(oldest.bytes.length);
    }

    /** Forgets everything and keeps nothing more; a reader that is not at the end is lost. */
    void giveUp() {
        givenUp = true;
        while (!pages.isEmpty()) {
            dropOldest();
        }
    }

    /** Forgets everything and begins anew, unless it was given up. */
    void restart() {
        while (!pages.isEmpty()) {
            dropOldest();
        }
        base = 0;
        total = 0;
    }

    /** Whether it still begins with the answer's first byte. */
    boolean isWhole() {
        return base == 0 && !givenUp;
    }

    /** Whether a reader that stands there has read everything. */
    boolean isEnd(long position) {
        return position == total;
    }

    /** Whether what follows this position is gone. */
    boolean isLost(long position) {
        return position < base;
    }

    /** What follows; null when there is nothing, or it is gone. */
    @Nullable
    Piece read(long position) {
        if (position < base || position >= total) {
            return null;
        }
        int at = pages.size() - 1;
        while (pages.get(at).start > position) { // most readers are near the end
            at--;
        }
        Page page = pages.get(at);
        int offset = (int) (position - page.start);
        return new Piece(page.bytes, offset, page.filled - offset);
    }

    /** All of the answer so far, or null when its beginning is gone. */
    byte @Nullable [] whole() {
        if (!isWhole()) {
            return null;
        }
        byte[] whole = new byte[(int) total];
        for (Page page : pages) {
            System.arraycopy(page.bytes, 0, whole, (int) page.start, page.filled);
        }
        return whole;
    }
}
