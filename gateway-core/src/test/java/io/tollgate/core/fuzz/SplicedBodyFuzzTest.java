package io.tollgate.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.BodyEdit.Splice;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import io.tollgate.core.http.SplicedBody;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Edits that do not touch each other give what a naive hand gives, in whatever order; those that overlap are refused. */
class SplicedBodyFuzzTest {
    private static final int MOST_EDITS = 8;

    @FuzzTest
    void edits_give_what_a_naive_hand_gives_and_overlaps_are_refused(FuzzedDataProvider data) {
        byte[] text = data.consumeBytes(64);
        List<BodyEdit> edits = new ArrayList<>();
        for (int i = data.consumeInt(0, MOST_EDITS); i > 0; i--) {
            int start = data.consumeInt(0, text.length + 1);
            int end = start + data.consumeInt(0, 4);
            edits.add(new Splice(new Span(start, end), data.consumeBytes(4)));
        }
        byte[] framed = new byte[text.length + 5];
        System.arraycopy(text, 0, framed, 3, text.length);
        RequestBody body = new RequestBody(framed, 3, text.length);
        byte @org.jspecify.annotations.Nullable [] expected = byHand(text, edits);
        try {
            SplicedBody spliced = new SplicedBody(body, edits);
            assertThat(expected).as("overlapping edits must be refused").isNotNull();
            assertThat(spliced.toBytes()).isEqualTo(expected).hasSize(spliced.length());
        } catch (IllegalArgumentException e) {
            assertThat(expected).as(e.getMessage()).isNull();
        }
    }

    /** Null when two edits overlap, or one leaves the body. */
    private static byte @org.jspecify.annotations.Nullable [] byHand(byte[] text, List<BodyEdit> edits) {
        List<Splice> splices = new ArrayList<>();
        for (BodyEdit edit : edits) {
            Splice splice = (Splice) edit;
            splices.removeIf(
                    earlier -> splice.span().length() > 0 && earlier.span().equals(splice.span()));
            splices.add(splice);
        }
        BitSet touched = new BitSet();
        for (Splice splice : splices) {
            Span span = splice.span();
            if (span.end() > text.length
                    || touched.get(span.start(), span.end()).cardinality() > 0) {
                return null;
            }
            touched.set(span.start(), span.end());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at <= text.length; at++) {
            for (Splice splice : splices) {
                if (splice.span().start() == at && splice.span().length() == 0) {
                    boolean within = touched.get(at) && at > 0 && touched.get(at - 1) && !startsOne(splices, at);
                    if (within) {
                        return null;
                    }
                    out.writeBytes(splice.replacement());
                }
            }
            for (Splice splice : splices) {
                if (splice.span().start() == at && splice.span().length() > 0) {
                    out.writeBytes(splice.replacement());
                }
            }
            if (at < text.length && !touched.get(at)) {
                out.write(text[at]);
            }
        }
        return out.toByteArray();
    }

    private static boolean startsOne(List<Splice> splices, int at) {
        return splices.stream()
                .anyMatch(splice -> splice.span().start() == at && splice.span().length() > 0);
    }
}
