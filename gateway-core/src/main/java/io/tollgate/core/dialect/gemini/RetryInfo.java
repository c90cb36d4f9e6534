package io.tollgate.core.dialect.gemini;

import io.tollgate.core.dialect.json.JsonSource;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** How long Google asks to wait: {@code retryDelay} of the {@code google.rpc.RetryInfo} among an error's details. */
final class RetryInfo {
    private static final String TYPE = "google.rpc.RetryInfo";
    /** A duration in protocol buffers' JSON. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?s");

    private RetryInfo() {}

    private static final class Detail {
        private @Nullable String type;
        private @Nullable String delay;

        boolean tells() {
            return type != null
                    && type.endsWith(TYPE)
                    && delay != null
                    && SECONDS.matcher(delay).matches();
        }
    }

    /** Nanoseconds; -1 where a whole body does not say, or is none. */
    static long nanos(byte[] body) {
        Deque<Detail> open = new ArrayDeque<>();
        long found = -1;
        try (JsonParser parser = JsonSource.open(body, 0, body.length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.push(new Detail());
                } else if (token == JsonToken.END_OBJECT) {
                    Detail detail = open.pop();
                    if (detail.delay != null && detail.tells()) {
                        String delay = detail.delay;
                        found = new BigDecimal(delay.substring(0, delay.length() - 1))
                                .movePointRight(9)
                                .longValueExact();
                    }
                } else if (token == JsonToken.VALUE_STRING && !open.isEmpty()) {
                    note(open.peek(), parser);
                }
            }
            return found;
        } catch (JacksonException e) {
            return -1;
        }
    }

    private static void note(Detail detail, JsonParser parser) {
        String name = parser.currentName();
        if ("@type".equals(name)) {
            detail.type = parser.getString();
        } else if ("retryDelay".equals(name)) {
            detail.delay = parser.getString();
        }
    }
}
