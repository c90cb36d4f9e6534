package io.tollgate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectedResponseTest {
    private final List<String> heard = new ArrayList<>();
    private final CollectedResponse response = new CollectedResponse(
            8,
            (status, body) ->
                    heard.add(status + " " + (body == null ? "-" : new String(body, StandardCharsets.UTF_8))));

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static HttpHeaders none() {
        return DefaultHttpHeadersFactory.headersFactory().newHeaders();
    }

    @Test
    void an_answer_in_pieces_is_told_whole_and_its_buffers_are_released() {
        ByteBuf piece = bytes("four");
        response.head(200, none(), -1);
        response.body(piece);
        response.body(bytes("more"));
        assertThat(heard).isEmpty();
        response.end();
        response.abort();
        assertThat(heard).containsExactly("200 fourmore");
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void of_an_answer_that_is_too_long_nothing_is_kept() {
        response.head(200, none(), -1);
        response.body(bytes("too long an answer"));
        response.body(bytes("x"));
        response.end();
        assertThat(heard).containsExactly("200 -");
    }

    @Test
    void one_that_breaks_off_is_told_as_such() {
        response.head(200, none(), -1);
        response.body(bytes("half"));
        response.abort();
        assertThat(heard).containsExactly("200 -");
    }

    @Test
    void a_refusal_is_told_with_its_status() {
        response.respond(429, none(), "no".getBytes(StandardCharsets.UTF_8));
        assertThat(heard).containsExactly("429 no");
    }
}
