package io.tollgate.core.dialect.replay.anthropic;

import io.tollgate.core.dialect.replay.form.Conversion;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;

/**
 * Anthropic's messages: a stream begins with the message without its content, tells that block by block, and ends with
 * what is known at the end. Source: Anthropic's documentation, what its SDKs make of the events, recorded traffic.
 */
public final class MessageForms implements Conversion {
    /** Members of a message that a stream tells in the {@code delta} of its last-but-one event. */
    static final List<String> AT_END = List.of("stop_reason", "stop_sequence", "stop_details", "container");

    /** What that event tells beside the delta. */
    static final String CONTEXT = "context_management";

    /** Counts that are known at the end only, or are told there once more. */
    static final List<String> USAGE_AT_END = List.of(
            "input_tokens",
            "cache_creation_input_tokens",
            "cache_read_input_tokens",
            "output_tokens",
            "output_tokens_details",
            "server_tool_use",
            "iterations");

    @Override
    public void toStream(Value plain, StreamForm form, Out out) {
        if (form == StreamForm.JSON_ARRAY) {
            throw new UnconvertibleException("messages are not streamed as an array");
        }
        new MessageWriter(plain.fields(), out).write();
    }

    @Override
    public void toPlain(byte[] stream, Out out) {
        new MessageCollector().write(stream, out);
    }
}
