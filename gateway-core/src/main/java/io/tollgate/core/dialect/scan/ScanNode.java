package io.tollgate.core.dialect.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One place in an answer that someone asked for, or a container on the way to it. */
final class ScanNode {
    /** What is told of the value that stands here. */
    enum Told {
        NOTHING,
        VALUE,
        TEXT,
        RAW
    }

    private final String path;
    private final byte[] name;
    private ScanNode[] members = {};
    private @Nullable ScanNode element;
    private Told told = Told.NOTHING;

    ScanNode(String path, String name) {
        this.path = path;
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    String path() {
        return path;
    }

    Told told() {
        return told;
    }

    void tell(Told what) {
        told = what;
    }

    @Nullable
    ScanNode element() {
        return element;
    }

    void element(ScanNode node) {
        element = node;
    }

    boolean isContainer() {
        return element != null || members.length > 0;
    }

    ScanNode memberOrNew(String path, String memberName) {
        byte[] bytes = memberName.getBytes(StandardCharsets.UTF_8);
        ScanNode found = member(bytes, 0, bytes.length);
        if (found == null) {
            found = new ScanNode(path, memberName);
            members = Arrays.copyOf(members, members.length + 1);
            members[members.length - 1] = found;
        }
        return found;
    }

    @Nullable
    ScanNode member(byte[] bytes, int offset, int length) {
        for (ScanNode member : members) {
            byte[] candidate = member.name;
            if (candidate.length == length && Arrays.equals(candidate, 0, length, bytes, offset, offset + length)) {
                return member;
            }
        }
        return null;
    }
}
