package io.tollgate.core.dialect;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one streaming pass over a request's body found, and where it stands.
 *
 * @param model the model asked for, from the body or the path; null where none is named
 * @param stream whether the answer is to be streamed
 * @param outputCap the caller's cap on output tokens; -1 when absent
 * @param capField the member that held it, e.g. {@code max_tokens}; null when absent
 * @param answers how many answers are asked for ({@code n}, {@code candidateCount}); 1 when absent
 * @param usageOption what the caller said about usage in a stream
 * @param members the body's top-level members
 * @param turns the conversation, oldest first; system turns included where they are turns
 * @param textBytes UTF-8 bytes of all text a model will read: system, turns, tools
 * @param tools tools offered
 * @param images images, files and other media in the prompt
 */
public record RequestFacts(
        @Nullable String model,
        boolean stream,
        long outputCap,
        @Nullable String capField,
        int answers,
        UsageOption usageOption,
        Members members,
        List<Turn> turns,
        int textBytes,
        int tools,
        int images) {

    /** What the caller said about usage in a stream ({@code stream_options.include_usage}). */
    public enum UsageOption {
        /** The dialect has no such option, or the answer is not streamed. */
        NOT_APPLICABLE,
        /** Said nothing: Tollgate may ask for it and must then take it out again. */
        ABSENT,
        /** Asked for it. */
        ASKED,
        /** Declined it: respected. */
        DECLINED
    }

    /**
     * One message.
     *
     * @param role the dialect's own word
     * @param span the whole element, without a comma
     * @param textBytes UTF-8 bytes of its text
     */
    public record Turn(String role, Span span, int textBytes) {}

    /** The same without turns that these edits take out. */
    public RequestFacts without(List<BodyEdit> edits) {
        List<Span> deleted = new ArrayList<>();
        for (BodyEdit edit : edits) {
            if (edit instanceof BodyEdit.Splice splice && splice.replacement().length == 0) {
                deleted.add(splice.span());
            }
        }
        if (deleted.isEmpty()) {
            return this;
        }
        deleted.sort(Comparator.comparingInt(Span::start));
        List<Turn> left = new ArrayList<>(turns.size());
        int bytes = textBytes;
        int next = 0;
        for (Turn turn : turns) {
            while (next < deleted.size()
                    && deleted.get(next).end() <= turn.span().start()) {
                next++;
            }
            if (next < deleted.size() && deleted.get(next).contains(turn.span())) {
                bytes -= turn.textBytes();
            } else {
                left.add(turn);
            }
        }
        return left.size() == turns.size()
                ? this
                : new RequestFacts(
                        model, stream, outputCap, capField, answers, usageOption, members, left, bytes, tools, images);
    }

    /** Facts of a body that is not read: a tunnel, an empty body. */
    public static RequestFacts unread(@Nullable String model, boolean stream) {
        return new RequestFacts(
                model, stream, -1, null, 1, UsageOption.NOT_APPLICABLE, Members.NONE, List.of(), 0, 0, 0);
    }
}
