package io.tollgate.core.sse;

import io.tollgate.core.text.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * The fields of one server-sent event. One object serves a whole stream; what it tells holds until the next
 * {@link #read} and as long as the bytes read are lent. Allocates nothing for an event with a single data line.
 */
public final class SseFields {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte[] LINE_FEED = {LF};

    private final Carry joined = new Carry();
    private byte[] array = new byte[0];
    private int dataLines;
    private int dataOffset;
    private int dataLength;
    private int eventOffset;
    private int eventLength;

    /**
     * Reads an event as a {@link SseSplitter} hands it out.
     *
     * @return whether it has data: comments and blank lines have none
     */
    public boolean read(byte[] lent, int offset, int length) {
        array = lent;
        dataLines = 0;
        dataLength = 0;
        dataOffset = offset;
        eventOffset = offset;
        eventLength = 0;
        joined.clear();
        int end = offset + length;
        int at = offset + byteOrderMark(lent, offset, length);
        while (at < end) {
            int lineEnd = ByteSearch.either(lent, at, end, LF, CR);
            if (lineEnd > at) {
                line(at, lineEnd);
            }
            at = lineEnd + 1;
        }
        return dataLines > 0;
    }

    /** Holds the data, at {@link #dataOffset()}: the lent array, or another when the data spans lines. */
    public byte[] dataArray() {
        return dataLines > 1 ? joined.array() : array;
    }

    /** Where the data starts. */
    public int dataOffset() {
        return dataLines > 1 ? 0 : dataOffset;
    }

    /** Bytes of data; 0 when there is none. */
    public int dataLength() {
        return dataLines > 1 ? joined.size() : dataLength;
    }

    /** Whether the event's name is exactly this ASCII text; an event without a name has the name "". */
    public boolean isEvent(String name) {
        if (name.length() != eventLength) {
            return false;
        }
        for (int i = 0; i < eventLength; i++) {
            if (array[eventOffset + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The event's name, "" without one. */
    public String event() {
        return new String(array, eventOffset, eventLength, StandardCharsets.UTF_8);
    }

    /** Whether the data is exactly this ASCII text, e.g. {@code [DONE]}. */
    public boolean isData(String text) {
        if (text.length() != dataLength()) {
            return false;
        }
        byte[] data = dataArray();
        int offset = dataOffset();
        for (int i = 0; i < text.length(); i++) {
            if (data[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void line(int start, int end) {
        int value = valueOf("data", start, end);
        if (value >= 0) {
            data(value, end - value);
            return;
        }
        value = valueOf("event", start, end);
        if (value >= 0) {
            eventOffset = value;
            eventLength = end - value;
        }
    }

    private void data(int offset, int length) {
        if (dataLines == 1) {
            joined.add(array, dataOffset, dataLength);
        }
        if (dataLines >= 1) {
            joined.add(LINE_FEED, 0, 1);
            joined.add(array, offset, length);
        }
        dataLines++;
        dataOffset = offset;
        dataLength = length;
    }

    /** Where the value starts when the line's field is this one, one leading space left out; otherwise -1. */
    private int valueOf(String field, int start, int end) {
        int nameEnd = start + field.length();
        if (end < nameEnd) {
            return -1;
        }
        for (int i = 0; i < field.length(); i++) {
            if (array[start + i] != field.charAt(i)) {
                return -1;
            }
        }
        if (end == nameEnd) {
            return end;
        }
        if (array[nameEnd] != ':') {
            return -1;
        }
        return nameEnd + 1 < end && array[nameEnd + 1] == ' ' ? nameEnd + 2 : nameEnd + 1;
    }

    private static int byteOrderMark(byte[] array, int offset, int length) {
        return length >= 3
                        && array[offset] == (byte) 0xEF
                        && array[offset + 1] == (byte) 0xBB
                        && array[offset + 2] == (byte) 0xBF
                ? 3
                : 0;
    }
}
