package io.tollgate.core.dialect.replay.gemini;

import io.tollgate.core.dialect.replay.form.Conversion;
import io.tollgate.core.dialect.replay.form.Events;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;

/**
 * Gemini's generated content: a stream is a sequence of answers, each with some more of the content, as events or as the
 * elements of an array. Source: Google's API reference, recorded traffic of the Gemini API and Vertex AI.
 */
public final class GeminiForms implements Conversion {
    @Override
    public void toStream(Value plain, StreamForm form, Out out) {
        new AnswerWriter(plain.fields(), new Answers(out, form == StreamForm.JSON_ARRAY)).write();
    }

    @Override
    public void toPlain(byte[] stream, Out out) {
        int at = 0;
        while (at < stream.length && stream[at] <= ' ' && stream[at] >= 0) {
            at++;
        }
        boolean array = at < stream.length && stream[at] == '[';
        List<Value> answers = array ? Events.array(stream) : Events.sse(stream);
        new AnswerCollector().write(answers, out);
    }
}
