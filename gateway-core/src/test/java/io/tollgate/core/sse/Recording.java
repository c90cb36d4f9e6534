package io.tollgate.core.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a splitter handed out: each piece with its kind, oversized pieces joined. */
final class Recording implements EventSink {
    final List<String> pieces = new ArrayList<>();

    @Override
    public void event(byte[] lent, int offset, int length) {
        pieces.add("event:" + text(lent, offset, length));
    }

    @Override
    public void tail(byte[] lent, int offset, int length) {
        pieces.add("tail:" + text(lent, offset, length));
    }

    @Override
    public void separator(byte[] lent, int offset, int length) {
        join("separator:", text(lent, offset, length));
    }

    @Override
    public void oversized(byte[] lent, int offset, int length) {
        join("oversized:", text(lent, offset, length));
    }

    String all() {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece, piece.indexOf(':') + 1, piece.length()));
        return all.toString();
    }

    private void join(String kind, String text) {
        if (!pieces.isEmpty() && pieces.getLast().startsWith(kind)) {
            pieces.set(pieces.size() - 1, pieces.getLast() + text);
        } else {
            pieces.add(kind + text);
        }
    }

    /** One char per byte, so that nothing is lost. */
    private static String text(byte[] lent, int offset, int length) {
        return new String(lent, offset, length, StandardCharsets.ISO_8859_1);
    }
}
