package io.tollgate.budget.usagelog.sqlite;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.exchange.Tags;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The ledger's JSON columns: small objects, null where they would be empty. Their keys stay open to SQLite's JSON functions. */
final class JsonText {
    /** The tag that has a column of its own. */
    static final String SESSION = "session";

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** All tags but the session. */
    static @Nullable String tags(Tags tags) {
        Map<String, String> all = tags.asMap();
        if (all.isEmpty() || (all.size() == 1 && all.containsKey(SESSION))) {
            return null;
        }
        StringBuilder out = new StringBuilder(24 * all.size());
        char separator = '{';
        for (Map.Entry<String, String> tag : all.entrySet()) {
            if (!tag.getKey().equals(SESSION)) {
                quote(tag.getKey(), out.append(separator));
                quote(tag.getValue(), out.append(':'));
                separator = ',';
            }
        }
        return out.append('}').toString();
    }

    static Tags readTags(@Nullable String text, @Nullable String session) {
        if (text == null && session == null) {
            return Tags.NONE;
        }
        Map<String, String> tags = new HashMap<>();
        if (text != null) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    tags.put(name, parser.getString());
                }
            }
        }
        if (session != null) {
            tags.put(SESSION, session);
        }
        return Tags.of(tags);
    }

    static @Nullable String saved(Map<String, Long> byLever) {
        if (byLever.isEmpty()) {
            return null;
        }
        StringBuilder out = new StringBuilder(24 * byLever.size());
        char separator = '{';
        for (Map.Entry<String, Long> lever : byLever.entrySet()) {
            quote(lever.getKey(), out.append(separator));
            out.append(':').append(lever.getValue().longValue());
            separator = ',';
        }
        return out.append('}').toString();
    }

    static Map<String, Long> readSaved(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Map<String, Long> saved = new TreeMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String lever = parser.currentName();
                parser.nextToken();
                saved.put(lever, parser.getLongValue());
            }
        }
        return saved;
    }

    static @Nullable String others(List<OtherModelUsage> others) {
        if (others.isEmpty()) {
            return null;
        }
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            for (OtherModelUsage other : others) {
                json.writeStartArray();
                json.writeString(other.model());
                for (long count : counts(other.usage())) {
                    json.writeNumber(count);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        return out.toString();
    }

    static List<OtherModelUsage> readOthers(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<OtherModelUsage> others = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                String model = parser.getString();
                long[] n = new long[10];
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    n[i] = parser.getLongValue();
                }
                others.add(new OtherModelUsage(
                        model, new Usage(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9])));
            }
        }
        return others;
    }

    private static long[] counts(Usage u) {
        return new long[] {
            u.input(), u.cacheRead(), u.cacheWrite5m(), u.cacheWrite1h(), u.output(),
            u.reasoning(), u.inputAudio(), u.cacheReadAudio(), u.outputAudio(), u.webSearches()
        };
    }
}
