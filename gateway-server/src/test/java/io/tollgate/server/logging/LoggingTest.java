package io.tollgate.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final String OWN_FILE = "logback.configurationFile";

    @AfterEach
    void nobodyNamesAFile() {
        System.clearProperty(OWN_FILE);
    }

    @Test
    void logbackFindsItAndLinesGoToStandardError() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getAppender("stderr"))
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        lines -> assertThat(lines.getTarget()).isEqualTo("System.err"));
        assertThat(((Logger) LoggerFactory.getLogger("io.netty")).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void aFileOfOnesOwnIsReadInstead() {
        LoggerContext fresh = new LoggerContext();
        System.setProperty(OWN_FILE, "own.xml");
        assertThat(new Logging().configure(fresh)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(fresh.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .isNull();
    }
}
