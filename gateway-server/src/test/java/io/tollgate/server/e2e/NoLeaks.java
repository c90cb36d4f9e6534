package io.tollgate.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class in which a buffer was lost. Netty tells of lost buffers when it next lends one after they were
 * collected; a buffer lost on purpose tells when all before it have been told of.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final Logger LEAKS = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        listen();
    }

    void listen() {
        assertThat(ResourceLeakDetector.getLevel())
                .as("-Dio.netty.leakDetection.level")
                .isEqualTo(ResourceLeakDetector.Level.PARANOID);
        told.start();
        LEAKS.addAppender(told);
        LEAKS.setAdditive(false);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            assertThat(leaks()).as("lost buffers").isEmpty();
        } finally {
            LEAKS.setAdditive(true);
            LEAKS.detachAppender(told);
        }
    }

    void stopListening() {
        LEAKS.detachAppender(told);
    }

    private List<String> leaks() {
        return told().stream()
                .filter(message -> !message.contains("lost on purpose"))
                .toList();
    }

    /** What was told of so far, once all that was lost so far has been. */
    List<String> told() {
        String mark = "lost on purpose " + UUID.randomUUID();
        lose(mark);
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (messages().stream().noneMatch(message -> message.contains(mark))) {
            assertThat(System.nanoTime()).as("no leak is told of any more").isLessThan(giveUp);
            System.gc();
            LockSupport.parkNanos(5_000_000);
            for (int i = 0; i < 10; i++) {
                UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            }
        }
        return messages();
    }

    private static void lose(String mark) {
        ByteBuf lost = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
        lost.touch(mark);
    }

    private List<String> messages() {
        List<ILoggingEvent> events;
        synchronized (told) {
            events = new ArrayList<>(told.list);
        }
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
