package io.tollgate.core.dialect.scan;

import io.tollgate.core.dialect.scan.ScanNode.Told;

/**
 * Which values of an answer are wanted, by path: member names with dots between, {@code []} behind an array's name for
 * each of its elements, e.g. {@code candidates[].content.parts[].text}. Immutable once built.
 */
public final class ScanLayout {
    private final ScanNode root = new ScanNode("", "");
    private int depth = 1;

    private ScanLayout() {}

    /** Nothing is wanted yet. */
    public static Builder builder() {
        return new Builder();
    }

    ScanNode root() {
        return root;
    }

    /** Containers that can be open at once on the way to a wanted value. */
    int depth() {
        return depth;
    }

    private ScanNode node(String path) {
        ScanNode at = root;
        int levels = 1;
        StringBuilder walked = new StringBuilder();
        for (String step : path.split("\\.", -1)) {
            int brackets = step.indexOf("[]");
            String name = brackets < 0 ? step : step.substring(0, brackets);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("path " + path + ": expected names with dots between");
            }
            walked.append(walked.isEmpty() ? "" : ".").append(name);
            at = at.memberOrNew(walked.toString(), name);
            levels++;
            for (; brackets >= 0 && brackets < step.length(); brackets += 2) {
                walked.append("[]");
                ScanNode element = at.element();
                if (element == null) {
                    element = new ScanNode(walked.toString(), "");
                    at.element(element);
                }
                at = element;
                levels++;
            }
        }
        depth = Math.max(depth, levels);
        return at;
    }

    /** Collects the paths. */
    public static final class Builder {
        private final ScanLayout layout = new ScanLayout();

        private Builder() {}

        /** Numbers and short strings. */
        public Builder values(String... paths) {
            return tell(Told.VALUE, paths);
        }

        /** Values below one path: {@code under("usage", "input_tokens")} is {@code usage.input_tokens}. */
        public Builder under(String prefix, String... paths) {
            for (String path : paths) {
                tell(Told.VALUE, prefix + "." + path);
            }
            return this;
        }

        /** Strings of any length whose UTF-8 bytes are counted. */
        public Builder text(String... paths) {
            return tell(Told.TEXT, paths);
        }

        /** Values of any kind whose bytes are counted as they stand (a string's without its quotes and escapes). */
        public Builder raw(String... paths) {
            return tell(Told.RAW, paths);
        }

        private Builder tell(Told told, String... paths) {
            for (String path : paths) {
                layout.node(path).tell(told);
            }
            return this;
        }

        /** The layout. */
        public ScanLayout build() {
            return layout;
        }
    }
}
