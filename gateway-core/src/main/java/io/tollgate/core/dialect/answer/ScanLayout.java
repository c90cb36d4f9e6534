package io.tollgate.core.dialect.answer;

/**
 * Which values of an answer are wanted, by path: member names with dots between. Arrays are transparent: a path leads
 * through them to the members of their elements, so {@code candidates.content.parts.text} is the text of every part of
 * every candidate. Immutable once built.
 *
 * @param <P> the dialect's words for places
 */
public final class ScanLayout<P> {
    private final ScanNode<P> root = new ScanNode<>("");
    private int slots;

    private ScanLayout() {}

    /** Nothing is wanted yet. */
    public static <P> Builder<P> builder() {
        return new Builder<>(new ScanLayout<>(), "");
    }

    ScanNode<P> root() {
        return root;
    }

    /** Places whose strings are told. */
    int slots() {
        return slots;
    }

    private ScanNode<P> node(String path) {
        ScanNode<P> at = root;
        if (path.isEmpty()) {
            return at;
        }
        for (String name : path.split("\\.", -1)) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("path " + path + ": expected names with dots between");
            }
            at = at.memberOrNew(name);
        }
        return at;
    }

    /**
     * Collects the paths. A place may be wanted in several ways, always by the same word.
     *
     * @param <P> the dialect's words for places
     */
    public static final class Builder<P> {
        private final ScanLayout<P> layout;
        private final String path;

        private Builder(ScanLayout<P> layout, String path) {
            this.layout = layout;
            this.path = path;
        }

        /** The same layout, below a path. */
        public Builder<P> in(String below) {
            return new Builder<>(layout, at(below));
        }

        private String at(String below) {
            return path.isEmpty() ? below : path + "." + below;
        }

        /** The whole document or, below a path, the objects and arrays that stand there. */
        public Builder<P> itself(P place) {
            layout.node(path).tell(place, 0);
            return this;
        }

        /** Objects and arrays. */
        public Builder<P> container(P place, String... paths) {
            return tell(place, 0, paths);
        }

        /** Numbers. */
        public Builder<P> number(P place, String... paths) {
            return tell(place, ScanNode.NUMBER, paths);
        }

        /** Short strings. */
        public Builder<P> string(P place, String... paths) {
            return tell(place, ScanNode.STRING, paths);
        }

        /** Booleans. */
        public Builder<P> flag(P place, String... paths) {
            return tell(place, ScanNode.FLAG, paths);
        }

        /** Strings of any length whose UTF-8 bytes are counted. */
        public Builder<P> text(P place, String... paths) {
            return tell(place, ScanNode.TEXT, paths);
        }

        /** Strings of any length whose text is told piece by piece. */
        public Builder<P> pieces(P place, String... paths) {
            return tell(place, ScanNode.PIECES, paths);
        }

        /** Values of any kind whose bytes are counted as they stand (a string's without its quotes and escapes). */
        public Builder<P> raw(P place, String... paths) {
            return tell(place, ScanNode.RAW, paths);
        }

        private Builder<P> tell(P place, int kinds, String... paths) {
            for (String below : paths) {
                ScanNode<P> node = layout.node(at(below));
                node.tell(place, kinds);
                if (kinds == ScanNode.STRING && node.slot() < 0) {
                    node.slot(layout.slots++);
                }
            }
            return this;
        }

        /** The layout. */
        public ScanLayout<P> build() {
            return layout;
        }
    }
}
