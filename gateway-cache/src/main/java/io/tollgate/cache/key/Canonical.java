package io.tollgate.cache.key;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Writes values in a form that is the same for the same value and different for any other: every value begins with its
 * kind and says where it ends. What is longer than a kibibyte gives way to its SHA-256, so that sorting the members of
 * an object moves little, however large and deep the body.
 */
final class Canonical {
    private static final int INLINE = 1024;
    private static final int HASH_LENGTH = 32;
    private static final int HASHED = 'h';
    private static final int STRING = 'S';
    private static final int NUMBER = 'N';
    private static final int SIZED_HEAD = 5;

    private final Scratch out = new Scratch();
    private final MessageDigest digest;
    private final MemberOrder order = new MemberOrder();

    Canonical(MessageDigest digest) {
        this.digest = digest;
    }

    Scratch out() {
        return out;
    }

    /** True, false or null. */
    void literal(char kind) {
        out.add(kind);
    }

    /** An object or array begins; answers where, for {@link #close}. */
    int open(char kind) {
        int at = out.size();
        out.add(kind);
        return at;
    }

    void close(int opened) {
        out.add('.');
        collapse(opened);
    }

    /** An object that began at {@code opened} and whose members begin at these places ends. */
    void closeObject(int opened, int[] members, int count) {
        order.sort(out, members, count);
        close(opened);
    }

    /** The string whose first byte behind the quote is at {@code from}; {@code probe} sees its text. */
    void string(byte[] source, int from, int limit, TextProbe probe) {
        int opened = out.size();
        out.add(STRING);
        int length = out.reserveInt();
        CanonicalString.write(source, from, limit, out);
        out.setInt(length, out.size() - length - 4);
        probe.text(out.bytes(), opened + SIZED_HEAD, out.size() - opened - SIZED_HEAD);
        collapse(opened);
    }

    /** The number that begins at {@code from}; answers its sign. */
    int number(byte[] source, int from, int limit) {
        out.add(NUMBER);
        int length = out.reserveInt();
        int sign = CanonicalNumber.write(source, from, limit, out);
        out.setInt(length, out.size() - length - 4);
        return sign;
    }

    static int endOfString(Scratch out, int at) {
        return out.bytes()[at] == HASHED ? at + 1 + HASH_LENGTH : at + SIZED_HEAD + out.intAt(at + 1);
    }

    private void collapse(int from) {
        int length = out.size() - from;
        if (length <= INLINE) {
            return;
        }
        digest.update(out.bytes(), from, length);
        out.cut(from);
        out.add(HASHED);
        try {
            digest.digest(out.bytes(), out.size(), HASH_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has " + HASH_LENGTH + " bytes", e);
        }
        out.cut(out.size() + HASH_LENGTH);
    }

    /** Looks at a string's text before it may give way to its hash. */
    @FunctionalInterface
    interface TextProbe {
        /** Sees nothing. */
        TextProbe NONE = (bytes, offset, length) -> {};

        /** UTF-8, lent for the call. */
        void text(byte[] bytes, int offset, int length);
    }
}
