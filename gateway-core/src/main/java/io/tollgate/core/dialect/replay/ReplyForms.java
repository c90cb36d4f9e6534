package io.tollgate.core.dialect.replay;

import io.tollgate.core.dialect.replay.anthropic.MessageForms;
import io.tollgate.core.dialect.replay.form.Conversion;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import io.tollgate.core.dialect.replay.gemini.GeminiForms;
import io.tollgate.core.dialect.replay.openai.ChunkForms;
import io.tollgate.core.dialect.replay.openai.ResponseForms;
import io.tollgate.core.error.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of one dialect's answers: a stream and a plain document, each made from the other with the same text, tool
 * calls, finish reason, usage and ids. What cannot be told in the other form without guessing is not converted.
 * Thread-safe. Takes time and memory in proportion to the answer, some 3 ms for a mebibyte of text and 10 ms for one of
 * chunks with a token each: long answers are best not converted on an event loop.
 */
public final class ReplyForms {
    /** The longest answer converted, in bytes. */
    public static final int MOST = 16 << 20;

    private final Conversion conversion;

    private ReplyForms(Conversion conversion) {
        this.conversion = conversion;
    }

    /** The forms of a dialect of this name; null where its answers have one form only. */
    public static @Nullable ReplyForms of(String dialect) {
        Conversion conversion = switch (dialect) {
            case "openai-chat" -> ChunkForms.CHAT;
            case "openai-completions" -> ChunkForms.COMPLETIONS;
            case "openai-responses" -> new ResponseForms();
            case "anthropic" -> new MessageForms();
            case "gemini" -> new GeminiForms();
            default -> null;
        };
        return conversion == null ? null : new ReplyForms(conversion);
    }

    /**
     * A whole, successful plain answer as the stream it might have been.
     *
     * @return null when it cannot be told as one
     */
    public byte @Nullable [] asStream(byte[] plain, StreamForm form) {
        return guarded(plain, 2, out -> conversion.toStream(Value.document(plain), form, out));
    }

    /**
     * A whole, successful stream as the plain answer it might have been. Its usage must be among its events.
     *
     * @return null when it is not complete or cannot be told as one
     */
    public byte @Nullable [] asPlain(byte[] stream) {
        return guarded(stream, 1, out -> conversion.toPlain(stream, out));
    }

    private static byte @Nullable [] guarded(byte[] answer, int growth, Writing writing) {
        if (answer.length > MOST) {
            return null;
        }
        try {
            Out out = new Out(answer.length * growth);
            writing.to(out);
            return out.toByteArray();
        } catch (UnconvertibleException | RefusedException e) {
            return null; // told in one form only, or no answer at all: the request is a miss
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(Out out);
    }
}
