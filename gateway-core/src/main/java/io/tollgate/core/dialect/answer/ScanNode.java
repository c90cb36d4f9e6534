package io.tollgate.core.dialect.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One place in an answer that someone asked for, or a container on the way to it. Arrays have no place of their own. */
final class ScanNode<P> {
    /** Numbers are told. */
    static final int NUMBER = 1;
    /** Short strings are told. */
    static final int STRING = 2;
    /** Booleans are told. */
    static final int FLAG = 4;
    /** The bytes of strings are counted. */
    static final int TEXT = 8;
    /** The bytes of any value are counted. */
    static final int RAW = 16;
    /** The bytes of strings are told as they pass. */
    static final int PIECES = 32;

    private static final ScanNode<?>[] NONE = {};

    private final byte[] name;
    private @Nullable P place;
    private int told;
    private int slot = -1;
    private ScanNode<P>[] members = none();
    /** Members by a hash of their names, empty places between; always less than half full. */
    private @Nullable ScanNode<P>[] table = none();

    ScanNode(String name) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // it holds nothing of any type
    private static <P> ScanNode<P>[] none() {
        return (ScanNode<P>[]) NONE;
    }

    /** What the dialect calls this place; null on the way to others. */
    @Nullable
    P place() {
        return place;
    }

    boolean tells(int kind) {
        return (told & kind) != 0;
    }

    /** Which of a scanner's remembered strings stands here; -1 where no strings are told. */
    int slot() {
        return slot;
    }

    void tell(P what, int kinds) {
        if (place != null && !place.equals(what)) {
            throw new IllegalArgumentException(
                    "place " + new String(name, StandardCharsets.UTF_8) + " is " + place + " and cannot be " + what);
        }
        place = what;
        told |= kinds;
    }

    void slot(int number) {
        slot = number;
    }

    boolean hasMembers() {
        return members.length > 0;
    }

    ScanNode<P> memberOrNew(String memberName) {
        byte[] bytes = memberName.getBytes(StandardCharsets.UTF_8);
        ScanNode<P> found = member(bytes, 0, bytes.length);
        if (found == null) {
            found = new ScanNode<>(memberName);
            members = Arrays.copyOf(members, members.length + 1);
            members[members.length - 1] = found;
            index();
        }
        return found;
    }

    private void index() {
        int size = Integer.highestOneBit(members.length) << 2;
        table = Arrays.copyOf(ScanNode.<P>none(), size);
        for (ScanNode<P> member : members) {
            int at = hash(member.name, 0, member.name.length);
            while (table[at & size - 1] != null) {
                at++;
            }
            table[at & size - 1] = member;
        }
    }

    /** The member of this name, or null. */
    @Nullable
    ScanNode<P> member(byte[] bytes, int offset, int length) {
        if (table.length == 0 || length == 0) {
            return null;
        }
        int mask = table.length - 1;
        int at = hash(bytes, offset, length);
        ScanNode<P> candidate;
        while ((candidate = table[at & mask]) != null) {
            byte[] wanted = candidate.name;
            if (wanted.length == length && Arrays.equals(wanted, 0, length, bytes, offset, offset + length)) {
                return candidate;
            }
            at++;
        }
        return null;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int mixed = bytes[offset] * 31 + bytes[offset + length - 1] * 7 + bytes[offset + (length >> 1)] + length;
        return mixed ^ mixed >>> 4;
    }
}
