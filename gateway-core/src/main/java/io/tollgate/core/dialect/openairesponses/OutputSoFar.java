package io.tollgate.core.dialect.openairesponses;

import static io.tollgate.core.text.JsonString.quote;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output items of a streamed response as far as they have come: what is done as the provider wrote it, what is open
 * with the text so far. Of open items only messages are kept: half a tool call must not look like one to be made.
 * Bounded: beyond {@link #MOST_KEPT} nothing is told of the output.
 */
final class OutputSoFar {
    /** Characters kept of one answer. */
    static final int MOST_KEPT = 1 << 20;

    private static final int MOST_ITEMS = 1_000;

    /** A message under way: its parts by content index. */
    static final class OpenMessage {
        private final String id;
        private final Map<Integer, Part> parts = new TreeMap<>();

        private OpenMessage(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        Map<Integer, Part> parts() {
            return parts;
        }

        String json() {
            StringBuilder json = new StringBuilder("{\"id\":")
                    .append(quote(id))
                    .append(",\"type\":\"message\",\"status\":\"incomplete\",\"role\":\"assistant\",\"content\":[");
            String separator = "";
            for (Part part : parts.values()) {
                json.append(separator).append(part.json());
                separator = ",";
            }
            return json.append("]}").toString();
        }
    }

    /** A text or a refusal within a message. */
    static final class Part {
        private final boolean refusal;
        private final StringBuilder text = new StringBuilder();
        private boolean textDone;
        private boolean done;

        private Part(boolean refusal) {
            this.refusal = refusal;
        }

        boolean isOpen() {
            return !done;
        }

        /** Whether its text has not been told as a whole yet. */
        boolean hasOpenText() {
            return !textDone;
        }

        boolean isRefusal() {
            return refusal;
        }

        String text() {
            return text.toString();
        }

        String json() {
            return refusal
                    ? "{\"type\":\"refusal\",\"refusal\":" + quote(text()) + "}"
                    : "{\"type\":\"output_text\",\"text\":" + quote(text()) + ",\"annotations\":[],\"logprobs\":[]}";
        }
    }

    private final Map<Integer, String> done = new TreeMap<>();
    private final Map<Integer, OpenMessage> open = new TreeMap<>();
    private int kept;

    boolean tooMuch() {
        return kept > MOST_KEPT || done.size() + open.size() > MOST_ITEMS;
    }

    void opened(int item, String id) {
        if (!tooMuch()) {
            kept += id.length();
            open.put(item, new OpenMessage(id));
        }
    }

    void partOpened(int item, int content, boolean refusal) {
        OpenMessage message = open.get(item);
        if (message != null && !tooMuch()) {
            kept += 64;
            message.parts.put(content, new Part(refusal));
        }
    }

    void text(int item, int content, String delta) {
        Part part = part(item, content);
        if (part != null && !tooMuch()) {
            kept += delta.length();
            part.text.append(delta);
        }
    }

    void textDone(int item, int content) {
        Part part = part(item, content);
        if (part != null) {
            part.textDone = true;
        }
    }

    void partDone(int item, int content) {
        Part part = part(item, content);
        if (part != null) {
            part.done = true;
        }
    }

    void itemDone(int item, String json) {
        open.remove(item);
        if (!tooMuch()) {
            kept += json.length();
            done.put(item, json);
        }
    }

    private @Nullable Part part(int item, int content) {
        OpenMessage message = open.get(item);
        return message == null ? null : message.parts.get(content);
    }

    /** Messages under way, by output index. */
    Map<Integer, OpenMessage> open() {
        return open;
    }

    /** All items, in order, as an array. */
    String json() {
        if (tooMuch()) {
            return "[]";
        }
        Map<Integer, String> all = new TreeMap<>(done);
        open.forEach((index, message) -> all.put(index, message.json()));
        return "[" + String.join(",", all.values()) + "]";
    }
}
