package io.tollgate.core.dialect;

import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.answer.StreamedText;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.sse.EventGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One provider language: where facts stand in a request, how to change it, how usage is told, how errors look. Stateless. */
public interface Dialect {
    /** The name in the ledger, e.g. {@code openai-chat}. */
    String name();

    /** Its family. */
    Family family();

    /**
     * Reads a body in one pass.
     *
     * @throws io.tollgate.core.error.RefusedException when the body is malformed: broken JSON, a duplicate top-level
     *     key, a wrong type; the message says what and where
     */
    RequestFacts read(Endpoint endpoint, RequestBody body);

    /** Sends another model. Empty where the model stands in the path. */
    List<BodyEdit> model(RequestFacts facts, String model);

    /** The path that asks for another model; the endpoint's own path where the model stands in the body. */
    default String path(Endpoint endpoint, String model) {
        return endpoint.path();
    }

    /** Sets the cap on output tokens, in the member {@code capField} or, when null, the one the caller used or the dialect's own. */
    List<BodyEdit> outputCap(RequestFacts facts, @Nullable String capField, long tokens);

    /**
     * Tokens of each answer that the caller sets aside for the model's thinking; 0 where it says nothing of it. They count
     * against the cap, which must be above them: at or below it a call fails, or thinks and answers nothing.
     */
    default long thinkingBudget(RequestFacts facts, RequestBody body) {
        return 0;
    }

    /** Asks for usage in the stream; empty when it comes unasked or was asked for or declined. */
    default List<BodyEdit> askForUsage(RequestFacts facts) {
        return List.of();
    }

    /** Takes the event out again that {@link #askForUsage} brought; null where there is none to take out. */
    default @Nullable EventGate dropUnaskedUsage() {
        return null;
    }

    /** A reader for the answer to a request with these facts. */
    UsageReader usageReader(Endpoint endpoint, RequestFacts facts);

    /**
     * Follows a streamed answer to a request with these facts, so that it can be ended early.
     *
     * @param contentType the answer's, where a dialect streams in more than one form
     * @return null where answers of this kind cannot be ended early without looking broken
     */
    default @Nullable StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return null;
    }

    /** Where the text of a streamed answer stands, without reasoning and calls of tools; null where it is not told. */
    default @Nullable ScanLayout<StreamedText.Place> streamedText() {
        return null;
    }

    /** Whether errors of this status may say in their body how long to wait before the next try. */
    default boolean tellsWaitInBody(int status) {
        return false;
    }

    /** How many nanoseconds a whole error body asks to wait; -1 where it does not say. */
    default long waitNanos(byte[] errorBody) {
        return -1;
    }

    /** A refusal as this dialect's error body, JSON in UTF-8. */
    byte[] errorBody(Refusal refusal, int status, String requestId);

    /** A failure after a stream has begun: the dialect's own error event (and whatever must follow it). */
    byte[] errorEvent(Refusal refusal, String requestId);

    /**
     * The same in a stream of this content type, where a dialect streams in more than one form. In a JSON array it is one
     * element, without what separates it from others.
     */
    default byte[] errorEvent(Refusal refusal, String requestId, @Nullable String contentType) {
        return errorEvent(refusal, requestId);
    }

    /** The content type of {@link #errorBody}. */
    default String errorContentType() {
        return "application/json";
    }
}
