package io.tollgate.core.dialect.replay.form;

import io.tollgate.core.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer being written: a growing array with a bound. Commas between members and elements come by themselves. */
public final class Out {
    /** The longest answer written, in bytes. */
    public static final int MOST = 32 << 20;

    private byte[] array;
    private int size;

    /** Empty, expecting about so many bytes. */
    public Out(int expected) {
        array = new byte[Math.clamp(expected, 256, MOST)];
    }

    /** Text that is JSON, or a stream's own, already. */
    public Out raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
        return this;
    }

    /** A member's name, and the comma before it where it is not the first. */
    public Out name(String name) {
        return item().raw(JsonString.quote(name)).raw(":");
    }

    /** The comma before an element or a member that is not the first. */
    public Out item() {
        int last = size == 0 ? '{' : array[size - 1];
        return last == '{' || last == '[' ? this : raw(",");
    }

    /** A member. */
    public Out member(String name, Value value) {
        return name(name).value(value);
    }

    /** A member that is a string of the gateway's own. */
    public Out member(String name, String text) {
        return name(name).raw(JsonString.quote(text));
    }

    /** A member that is a number. */
    public Out member(String name, int number) {
        return name(name).raw(Integer.toString(number));
    }

    /** A string with this body, escaped already. */
    public Out string(Value body) {
        return raw("\"").body(body).raw("\"");
    }

    /** A piece of a string, escaped already. */
    public Out body(Value body) {
        append(body.array(), body.from(), body.to() - body.from());
        return this;
    }

    /** A value without the white space around its tokens: a line feed there would end an event's line. */
    public Out value(Value value) {
        byte[] from = value.array();
        int begun = value.from();
        boolean inString = false;
        for (int at = begun; at < value.to(); at++) {
            byte b = from[at];
            if (b == '"') {
                inString = !inString;
            } else if (b == '\\') {
                at++;
            } else if (!inString && b <= ' ' && b >= 0) {
                append(from, begun, at - begun);
                begun = at + 1;
            }
        }
        append(from, begun, value.to() - begun);
        return this;
    }

    /** What is written from a position on, as a value: a copy. */
    public Value since(int position) {
        return Value.document(Arrays.copyOfRange(array, position, size));
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** All that was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, size);
    }

    private void append(byte[] bytes, int from, int length) {
        if (length > MOST - size) {
            throw new UnconvertibleException("the other form is longer than " + MOST + " bytes");
        }
        if (size + length > array.length) {
            array = Arrays.copyOf(array, Math.min(MOST, Math.max(size + length, array.length * 2)));
        }
        System.arraycopy(bytes, from, array, size, length);
        size += length;
    }
}
