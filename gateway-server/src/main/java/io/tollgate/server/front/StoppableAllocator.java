package io.tollgate.server.front;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Lends out the default allocator's buffers until it is stopped, and refuses from then on: the one way to make a
 * decompressor give up in the middle of a chunk, since it asks for a buffer before every piece it inflates.
 */
final class StoppableAllocator extends AbstractByteBufAllocator {
    private boolean stopped;

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        checkRunning();
        return ByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        checkRunning();
        return ByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
    }

    private void checkRunning() {
        if (stopped) {
            throw new IllegalStateException("enough was decoded");
        }
    }

    @Override
    public boolean isDirectBufferPooled() {
        return ByteBufAllocator.DEFAULT.isDirectBufferPooled();
    }
}
