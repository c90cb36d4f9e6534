package io.tollgate.cache.replay;

import io.tollgate.cache.store.StoredReply.Header;
import io.tollgate.core.dialect.replay.ReplyForms;
import io.tollgate.core.dialect.replay.form.StreamForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns an answer that came in one form into another. Any thread; takes a few milliseconds a mebibyte. */
public final class FormChange {
    private FormChange() {}

    /** The answer in the form {@code to}; null where it cannot be told in it. */
    public static byte @Nullable [] of(byte[] body, String dialect, Form from, Form to) {
        ReplyForms forms = ReplyForms.of(dialect);
        if (forms == null) {
            return null;
        }
        byte[] plain = from == Form.PLAIN ? body : forms.asPlain(body);
        if (plain == null || to == Form.PLAIN) {
            return plain;
        }
        // with the usage, which a gate takes out again for those who did not ask for it
        return forms.asStream(plain, to == Form.EVENTS ? StreamForm.EVENTS_WITH_USAGE : StreamForm.JSON_ARRAY);
    }

    /** The headers of the answer in the form {@code to}. */
    public static List<Header> headers(List<Header> headers, Form to) {
        List<Header> changed = new ArrayList<>(headers.size());
        for (Header header : headers) {
            if (!header.name().toLowerCase(Locale.ROOT).equals("content-type")) {
                changed.add(header);
            }
        }
        changed.add(new Header(
                "content-type", to == Form.EVENTS ? "text/event-stream; charset=utf-8" : "application/json"));
        return changed;
    }
}
