package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.EventGate;
import io.tollgate.core.sse.SseFields;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Leaves out the one chunk that exists only to tell the usage: no choices, and a usage object. Azure's first chunk has no
 * choices either but tells the prompt's filter results; other hosts put the usage into a chunk with choices. Both pass.
 */
public final class UnaskedUsageGate implements EventGate {
    private static final byte[] USAGE = OpenAiErrors.utf8("\"usage\"");

    private final SseFields fields = new SseFields();

    @Override
    public Verdict judge(byte[] lent, int offset, int length) {
        return mayTellUsage(lent, offset, offset + length)
                        && fields.read(lent, offset, length)
                        && tellsOnlyUsage(fields.dataArray(), fields.dataOffset(), fields.dataLength())
                ? Verdict.DROP
                : Verdict.PASS;
    }

    /** Whether a usage that is not null stands anywhere; spares all chunks but a few the parser. */
    private static boolean mayTellUsage(byte[] bytes, int from, int to) {
        for (int at = to - USAGE.length; at >= from; at--) { // from the back: usage stands at a chunk's end
            if (bytes[at] == '"' && bytes[at + 1] == 'u' && matches(bytes, at)) {
                int value = at + USAGE.length;
                while (value < to && (bytes[value] == ':' || bytes[value] <= ' ')) {
                    value++;
                }
                if (value < to && bytes[value] == '{') {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < USAGE.length; i++) {
            if (bytes[at + i] != USAGE[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean tellsOnlyUsage(byte[] array, int offset, int length) {
        boolean noChoices = false;
        boolean usage = false;
        try (JsonParser parser = JsonSource.open(array, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "choices" -> {
                        noChoices = token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.END_ARRAY;
                        if (!noChoices) {
                            return false;
                        }
                    }
                    case "usage" -> usage = token == JsonToken.START_OBJECT;
                    case "prompt_filter_results", "error" -> {
                        if (token != JsonToken.VALUE_NULL) {
                            return false;
                        }
                    }
                    default -> {}
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            return false; // not ours to judge: it passes
        }
        return noChoices && usage;
    }
}
