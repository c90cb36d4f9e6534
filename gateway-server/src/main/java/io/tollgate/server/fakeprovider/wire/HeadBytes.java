package io.tollgate.server.fakeprovider.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the head of an answer line by line. One thread. */
final class HeadBytes {
    private final StringBuilder lines = new StringBuilder(256);

    HeadBytes(int status) {
        HttpResponseStatus known = HttpResponseStatus.valueOf(status);
        lines.append("HTTP/1.1 ").append(status).append(' ');
        lines.append(known.reasonPhrase()).append("\r\n");
    }

    HeadBytes date(Clock clock) {
        return line(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC)));
    }

    HeadBytes line(String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** The lines so far, without the blank line that ends a head. */
    byte[] open() {
        return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The whole head. */
    byte[] closed() {
        return (lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
