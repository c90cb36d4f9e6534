package io.tollgate.server.cli;

import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import org.jspecify.annotations.Nullable;

/** How requests are logged on standard output. */
public enum AccessLogging {
    /** {@link #CONSOLE} at a terminal, else {@link #JSON}. */
    AUTO,
    JSON,
    CONSOLE,
    OFF;

    /** Opens it; null where nothing is to be logged. */
    @Nullable
    AccessLog log() {
        AccessFormat format = switch (this) {
            case OFF -> null;
            case JSON -> AccessFormat.JSON;
            case CONSOLE -> AccessFormat.CONSOLE;
            case AUTO -> Terminal.isThere() ? AccessFormat.CONSOLE : AccessFormat.JSON;
        };
        return format == null ? null : new AccessLog(format, new FileOutputStream(FileDescriptor.out));
    }
}
