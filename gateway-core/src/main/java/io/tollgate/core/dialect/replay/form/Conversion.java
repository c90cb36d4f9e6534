package io.tollgate.core.dialect.replay.form;

/** One dialect's way between its two forms of an answer. Stateless; may throw {@link UnconvertibleException} at any point. */
public interface Conversion {
    /** Writes a plain answer, which is one valid JSON document, as a whole stream. */
    void toStream(Value plain, StreamForm form, Out out);

    /** Writes a whole stream as a plain answer. */
    void toPlain(byte[] stream, Out out);
}
