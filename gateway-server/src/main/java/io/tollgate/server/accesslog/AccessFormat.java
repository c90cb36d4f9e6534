package io.tollgate.server.accesslog;

import io.tollgate.core.text.JsonString;
import io.tollgate.core.usage.Dollars;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a line is written. */
public enum AccessFormat {
    /** One JSON object a line. */
    JSON {
        @Override
        void write(AccessLine line, StringBuilder out) {
            out.append("{\"at\":\"").append(line.at()).append('"');
            text(out, "request_id", line.id());
            text(out, "remote", line.remote());
            text(out, "method", line.method());
            text(out, "path", line.path());
            text(out, "dialect", line.dialect());
            out.append(",\"status\":").append(line.status());
            text(out, "end", line.end());
            text(out, "key", line.key());
            if (line.tags() != null && !line.tags().isEmpty()) {
                tags(line, out);
            }
            text(out, "provider", line.provider());
            text(out, "model", line.model());
            text(out, "cache", line.cache());
            if (line.metered() != null) {
                metered(line.metered(), out);
            }
            out.append(",\"gateway_ms\":");
            millis(out, line.gatewayNanos());
            if (line.firstByteNanos() >= 0) {
                out.append(",\"first_byte_ms\":");
                millis(out, line.firstByteNanos());
            }
            out.append(",\"total_ms\":");
            millis(out, line.totalNanos());
            out.append("}\n");
        }

        private void tags(AccessLine line, StringBuilder out) {
            out.append(",\"tags\":{");
            String comma = "";
            for (Map.Entry<String, String> tag : java.util.Objects.requireNonNull(line.tags())) {
                out.append(comma).append('"');
                JsonString.escape(tag.getKey(), out);
                out.append("\":\"");
                JsonString.escape(tag.getValue(), out);
                out.append('"');
                comma = ",";
            }
            out.append('}');
        }

        private void metered(Metered metered, StringBuilder out) {
            Usage usage = metered.report().usage();
            out.append(",\"input\":").append(usage.input());
            out.append(",\"cache_read\":").append(usage.cacheRead());
            out.append(",\"output\":").append(usage.output());
            text(out, "usage_source", metered.report().source().wireName());
            out.append(",\"cost_usd\":")
                    .append(
                            metered.cost().isPriced()
                                    ? Dollars.format(metered.cost().nanos())
                                    : "null");
        }
    },

    /** For people at a terminal. */
    CONSOLE {
        @Override
        void write(AccessLine line, StringBuilder out) {
            time(out, line.at());
            out.append(' ').append(line.status()).append(' ');
            out.append(line.method()).append(' ');
            shown(out, line.path());
            if (line.provider() != null) {
                out.append(" -> ").append(line.provider());
            }
            if (line.model() != null) {
                out.append(' ');
                shown(out, line.model());
            }
            if (line.metered() != null) {
                Usage usage = line.metered().report().usage();
                out.append("  ")
                        .append(usage.prompt())
                        .append('+')
                        .append(usage.output())
                        .append(" tokens");
                out.append(
                        line.metered().cost().isPriced()
                                ? " $" + Dollars.format(line.metered().cost().nanos())
                                : " unpriced");
            }
            out.append("  ");
            millis(out, line.totalNanos());
            out.append(" ms (gateway ");
            millis(out, line.gatewayNanos());
            out.append(')');
            if (!line.end().equals("complete")) {
                out.append("  ").append(line.end());
            }
            if (line.key() != null) {
                out.append("  ").append(line.key());
            }
            out.append('\n');
        }
    };

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    abstract void write(AccessLine line, StringBuilder out);

    private static void time(StringBuilder out, Instant at) {
        TIME.formatTo(at, out);
    }

    private static void text(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(",\"").append(name).append("\":\"");
            JsonString.escape(value, out);
            out.append('"');
        }
    }

    /** Without control characters: a terminal must not be told what to do by a path. */
    private static void shown(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            out.append(Character.isISOControl(c) ? '?' : c);
        }
    }

    private static void millis(StringBuilder out, long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        out.append(micros / 1000).append('.');
        long fraction = micros % 1000;
        out.append(fraction < 10 ? "00" : fraction < 100 ? "0" : "").append(fraction);
    }
}
