package io.tollgate.core.dialect.replay.openai;

import io.tollgate.core.dialect.replay.form.Conversion;
import io.tollgate.core.dialect.replay.form.Events;
import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's responses: the event that ends a stream tells the whole response, so that the plain answer is that, unchanged.
 * Source: OpenAI's API reference, recorded traffic of six hosts.
 */
public final class ResponseForms implements Conversion {
    private static final String ITEM_DONE = "response.output_item.done";
    private static final Set<String> FAILURES = Set.of("error", "response.failed", "response.cancelled");
    private static final List<String> ENDINGS = List.of("completed", "incomplete");

    @Override
    public void toPlain(byte[] stream, Out out) {
        Value response = null;
        int items = 0;
        for (Value document : Events.sse(stream)) {
            Fields event = document.fields();
            String type = event.need("type").text();
            if (response != null || FAILURES.contains(type)) {
                throw new UnconvertibleException("not a stream that ended well: " + type);
            }
            items += type.equals(ITEM_DONE) ? 1 : 0;
            response = ended(type, event);
        }
        if (response == null) {
            throw new UnconvertibleException("no event with the whole response");
        }
        if (response.fields().need("output").elements().size() != items) {
            throw new UnconvertibleException("the response lacks items that were told");
        }
        out.value(response);
    }

    private static @Nullable Value ended(String type, Fields event) {
        for (String ending : ENDINGS) {
            if (type.equals("response." + ending)) {
                Value response = event.need("response");
                check(response.fields(), ending);
                return response;
            }
        }
        return null;
    }

    @Override
    public void toStream(Value plain, StreamForm form, Out out) {
        Fields response = plain.fields();
        String status = response.need("status").text();
        if (form == StreamForm.JSON_ARRAY || !ENDINGS.contains(status)) {
            throw new UnconvertibleException("not a response that ended well: " + status);
        }
        check(response, status);
        new ResponseWriter(new ResponseEvents(out), response, plain).write(status);
    }

    private static void check(Fields response, String status) {
        response.refuse("error");
        response.need("id");
        response.need("usage");
        if (!response.is("object", "response") || !response.is("status", status)) {
            throw new UnconvertibleException("expected a response that is " + status);
        }
    }
}
