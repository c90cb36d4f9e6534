package io.tollgate.server.sdk;

import io.tollgate.core.dialect.replay.ReplyForms;
import io.tollgate.core.dialect.replay.form.StreamForm;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An SDK asks for both forms of an answer: one as a provider sent it, the other as it was made from that. */
@Timeout(60)
abstract class ConvertedAnswers {
    private final ReplyForms forms;
    private FakeProvider provider;

    ConvertedAnswers(String dialect) {
        forms = Objects.requireNonNull(ReplyForms.of(dialect));
    }

    @BeforeEach
    void startProvider() {
        provider = FakeProvider.start();
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    String url() {
        return provider.url();
    }

    /** The SDK's next call is answered with this document, the one after with the stream made from it. */
    void plainThenStream(String plain) {
        provider.enqueue(
                Behaviour.reply().body("application/json", plain),
                Behaviour.reply().body("text/event-stream", streamOf(plain)));
    }

    /** The SDK's next call is answered with this stream, the one after with the document made from it. */
    void streamThenPlain(String stream) {
        byte[] plain = forms.asPlain(stream.getBytes(StandardCharsets.UTF_8));
        provider.enqueue(
                Behaviour.reply().body("text/event-stream", stream),
                Behaviour.reply().body("application/json", Objects.requireNonNull(plain)));
    }

    /** The stream made from a document. */
    String streamOf(String plain) {
        byte[] stream = forms.asStream(plain.getBytes(StandardCharsets.UTF_8), StreamForm.EVENTS_WITH_USAGE);
        return new String(Objects.requireNonNull(stream), StandardCharsets.UTF_8);
    }
}
