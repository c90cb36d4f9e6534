package io.tollgate.server.fakeprovider;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Events;
import io.tollgate.server.fakeprovider.answer.Wish;
import io.tollgate.server.fakeprovider.routing.Router;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** Answers made once and repeated, told apart by path, wish and whether the body's beginning or end asks for a stream. */
final class CannedAnswers {
    private static final int MOST = 256;
    private static final int LOOKED_AT = 256;

    private record Key(String uri, boolean streams, Wish wish) {}

    private final Router router;
    private final ConcurrentHashMap<Key, Answer> made = new ConcurrentHashMap<>();

    CannedAnswers(Router router) {
        this.router = router;
    }

    Answer answer(ReceivedRequest request, Wish wish) {
        Key key = new Key(request.uri(), asksForStream(request.body()), wish);
        Answer known = made.get(key);
        if (known == null) {
            known = rendered(router.answer(request, wish));
            if (made.size() < MOST) {
                made.put(key, known);
            }
        }
        return known;
    }

    private static Answer rendered(Answer answer) {
        Events events = new Events();
        answer.parts().toList().forEach(events::add);
        return new Answer(
                answer.status(), answer.contentType(), answer.headers(), events, answer.streams(), answer.errorEvent());
    }

    /** Looks at both ends of a body only: where SDKs put {@code stream}. */
    private static boolean asksForStream(byte[] body) {
        int near = Math.min(LOOKED_AT, body.length);
        return mentions(new String(body, 0, near, StandardCharsets.ISO_8859_1))
                || mentions(new String(body, body.length - near, near, StandardCharsets.ISO_8859_1));
    }

    private static boolean mentions(String text) {
        return text.contains("\"stream\":true") || text.contains("\"stream\": true");
    }
}
