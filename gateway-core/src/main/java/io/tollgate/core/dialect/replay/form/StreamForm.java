package io.tollgate.core.dialect.replay.form;

/** The ways a streamed answer is asked for. */
public enum StreamForm {
    /** Server-sent events; OpenAI's chunks do not tell the usage. */
    EVENTS("text/event-stream; charset=utf-8"),
    /** Server-sent events of a request with {@code stream_options.include_usage}; the same as {@link #EVENTS} in other dialects. */
    EVENTS_WITH_USAGE("text/event-stream; charset=utf-8"),
    /** One JSON array: Gemini's stream where {@code alt=sse} was not asked for. */
    JSON_ARRAY("application/json; charset=utf-8");

    private final String contentType;

    StreamForm(String contentType) {
        this.contentType = contentType;
    }

    /** The content type of a stream in this form. */
    public String contentType() {
        return contentType;
    }
}
