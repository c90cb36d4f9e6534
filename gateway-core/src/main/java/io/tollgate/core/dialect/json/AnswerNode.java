package io.tollgate.core.dialect.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One place in an answer that someone asked for, or a container on the way to it. */
final class AnswerNode {
    /** What is told of the value that stands here. */
    enum Told {
        NOTHING,
        VALUE,
        TEXT,
        RAW
    }

    private final String path;
    private final byte[] name;
    private final List<AnswerNode> members = new ArrayList<>();
    private @Nullable AnswerNode element;
    private Told told = Told.NOTHING;

    AnswerNode(String path, String name) {
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
    AnswerNode element() {
        return element;
    }

    void element(AnswerNode node) {
        element = node;
    }

    boolean isContainer() {
        return element != null || !members.isEmpty();
    }

    AnswerNode memberOrNew(String path, String memberName) {
        byte[] bytes = memberName.getBytes(StandardCharsets.UTF_8);
        AnswerNode found = member(bytes, bytes.length);
        if (found == null) {
            found = new AnswerNode(path, memberName);
            members.add(found);
        }
        return found;
    }

    @Nullable
    AnswerNode member(byte[] bytes, int length) {
        for (int i = 0; i < members.size(); i++) {
            byte[] candidate = members.get(i).name;
            if (candidate.length == length && Arrays.equals(candidate, 0, length, bytes, 0, length)) {
                return members.get(i);
            }
        }
        return null;
    }
}
