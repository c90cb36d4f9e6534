package io.tollgate.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.Logger;

/**
 * What Tollgate logs and how: lines on standard error from {@code TOLLGATE_LOG_LEVEL} (INFO) on. In code, because
 * reading an XML file takes a tenth of a start. Whoever names a file by {@code -Dlogback.configurationFile} gets that
 * instead. Called by Logback, once, by the first logger.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String OWN_FILE = "logback.configurationFile";
    private static final String LEVEL = "TOLLGATE_LOG_LEVEL";
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} - %msg%n%ex{20}";

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        if (System.getProperty(OWN_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        logging.getStatusManager().add(new NopStatusListener());
        var root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getenv(LEVEL), Level.INFO));
        root.addAppender(standardError(logging));
        logging.getLogger("io.netty").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext logging) {
        PatternLayoutEncoder line = new PatternLayoutEncoder();
        line.setContext(logging);
        line.setPattern(LINE);
        line.start();
        ConsoleAppender<ILoggingEvent> lines = new ConsoleAppender<>();
        lines.setContext(logging);
        lines.setName("stderr");
        lines.setTarget("System.err");
        lines.setEncoder(line);
        lines.start();
        return lines;
    }
}
