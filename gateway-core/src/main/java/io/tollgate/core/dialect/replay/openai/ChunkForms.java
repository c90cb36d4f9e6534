package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Conversion;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.Value;

/**
 * OpenAI's chat completions and legacy completions, and those of everyone compatible: a stream of chunks that end in
 * {@code [DONE]}. Source: OpenAI's API reference, what its SDKs make of the chunks, recorded traffic of fifteen hosts.
 */
public enum ChunkForms implements Conversion {
    /** {@code /chat/completions}. */
    CHAT("chat.completion", "chat.completion.chunk"),
    /** {@code /completions}. */
    COMPLETIONS("text_completion", "text_completion");

    private final String plainObject;
    private final String chunkObject;

    ChunkForms(String plainObject, String chunkObject) {
        this.plainObject = plainObject;
        this.chunkObject = chunkObject;
    }

    /** The {@code object} of a plain answer. */
    String plainObject() {
        return plainObject;
    }

    /** The {@code object} of a chunk. */
    String chunkObject() {
        return chunkObject;
    }

    @Override
    public void toStream(Value plain, StreamForm form, Out out) {
        new ChunkWriter(this, plain.fields(), form, out).write();
    }

    @Override
    public void toPlain(byte[] stream, Out out) {
        new ChunkCollector(this).write(stream, out);
    }
}
