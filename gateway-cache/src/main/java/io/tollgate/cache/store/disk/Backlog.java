package io.tollgate.cache.store.disk;

/** Bounds what waits for the disk, in pieces and in bytes. Any thread. */
final class Backlog {
    private final int maxPieces;
    private final long maxBytes;
    private int pieces;
    private long bytes;

    Backlog(int maxPieces, long maxBytes) {
        this.maxPieces = maxPieces;
        this.maxBytes = maxBytes;
    }

    /** Whether there is room for one more of this size, which then counts until {@link #done}. */
    synchronized boolean tryAdd(long size) {
        if (pieces >= maxPieces || bytes + size > maxBytes) {
            return false;
        }
        pieces++;
        bytes += size;
        return true;
    }

    synchronized void done(long size) {
        pieces--;
        bytes -= size;
    }
}
