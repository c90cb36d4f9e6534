package io.tollgate.server.fakeprovider.behaviour;

import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.answer.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the provider behaves for one request. Immutable; every method returns a changed copy, so that a test reads as a
 * sentence: {@code Behaviour.reply().tokens(50).pace(ofMillis(20)).resetAfterEvents(3)}.
 *
 * @param wish what the answer is
 * @param replacement a body sent instead, or null
 * @param status the status sent, or 0 for the answer's own
 * @param headers headers added
 * @param timing how fast
 * @param manners in which forms
 * @param damage what goes wrong
 * @param steps a test that sends the answer by hand, or null
 */
public record Behaviour(
        Wish wish,
        @Nullable Replacement replacement,
        int status,
        List<Map.Entry<String, String>> headers,
        Timing timing,
        Set<Manner> manners,
        Damage damage,
        @Nullable StepStream steps) {

    private static final Behaviour REPLY =
            new Behaviour(Wish.NONE, null, 0, List.of(), Timing.IMMEDIATE, Set.of(), Damage.NONE, null);

    /** The dialect's own answer, at once and whole. */
    public static Behaviour reply() {
        return REPLY;
    }

    /** This status; from 400 on with the provider's own error. */
    public static Behaviour status(int status) {
        return REPLY.withStatus(status);
    }

    /** Under a test's control. */
    public static Behaviour steps(StepStream steps) {
        return new Behaviour(REPLY.wish, null, 0, List.of(), REPLY.timing, REPLY.manners, REPLY.damage, steps);
    }

    /** With this status. */
    public Behaviour withStatus(int wished) {
        return new Behaviour(wish.withStatus(wished), replacement, wished, headers, timing, manners, damage, steps);
    }

    /** With so many tokens. */
    public Behaviour tokens(int tokens) {
        return wishing(wish.withTokens(tokens));
    }

    /** With this text. */
    public Behaviour text(String text) {
        return wishing(wish.withText(text));
    }

    /** With this error message. */
    public Behaviour message(String message) {
        return wishing(wish.withMessage(message));
    }

    /** Telling its usage like this. */
    public Behaviour usage(UsageMode usage) {
        return wishing(wish.withUsage(usage));
    }

    /** With this body instead of the dialect's own. */
    public Behaviour body(String contentType, String body) {
        return body(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** With this body instead of the dialect's own. */
    public Behaviour body(String contentType, byte[] body) {
        return new Behaviour(wish, new Replacement(contentType, body), status, headers, timing, manners, damage, steps);
    }

    /** With one header more. */
    public Behaviour header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Behaviour(wish, replacement, status, List.copyOf(more), timing, manners, damage, steps);
    }

    /** With {@code retry-after}. */
    public Behaviour retryAfter(String value) {
        return header("retry-after", value);
    }

    /** The head comes so late. */
    public Behaviour delay(Duration delay) {
        return timed(new Timing(delay, timing.firstByte(), timing.pace()));
    }

    /** The first byte of the body comes so long after the head. */
    public Behaviour firstByteDelay(Duration delay) {
        return timed(new Timing(timing.head(), delay, timing.pace()));
    }

    /** Events come so far apart. */
    public Behaviour pace(Duration pace) {
        return timed(new Timing(timing.head(), timing.firstByte(), pace));
    }

    /** In this form, too. */
    public Behaviour in(Manner manner) {
        Set<Manner> more = EnumSet.of(manner);
        more.addAll(manners);
        return new Behaviour(
                wish, replacement, status, headers, timing, Collections.unmodifiableSet(more), damage, steps);
    }

    /** An SSE comment before every so many events. */
    public Behaviour commentEvery(int events) {
        return damaged(damage.withCommentEvery(events));
    }

    /** Broken off there. */
    public Behaviour cut(Cut cut) {
        return damaged(damage.withCut(cut));
    }

    /** Reset before a byte is sent. */
    public Behaviour resetBeforeHead() {
        return cut(Cut.beforeHead(Cut.Kind.RESET));
    }

    /** Reset right after the head. */
    public Behaviour resetAfterHead() {
        return cut(Cut.afterBytes(Cut.Kind.RESET, 0));
    }

    /** Reset after so many events. */
    public Behaviour resetAfterEvents(int events) {
        return cut(Cut.afterEvents(Cut.Kind.RESET, events));
    }

    /** Closed, without the end of the body, after so many events. */
    public Behaviour closeAfterEvents(int events) {
        return cut(Cut.afterEvents(Cut.Kind.CLOSE, events));
    }

    /** In HTTP chunks and writes of at most so many bytes. */
    public Behaviour splitEvery(int bytes) {
        return damaged(damage.withSplitBytes(bytes));
    }

    /** Sending these bytes instead of HTTP, then closing the connection. */
    public Behaviour garbage(byte[] bytes) {
        return damaged(damage.withGarbage(bytes));
    }

    /** Declaring this length, true or not. */
    public Behaviour contentLength(long declared) {
        return damaged(damage.withContentLength(declared));
    }

    private Behaviour wishing(Wish other) {
        return new Behaviour(other, replacement, status, headers, timing, manners, damage, steps);
    }

    private Behaviour timed(Timing other) {
        return new Behaviour(wish, replacement, status, headers, other, manners, damage, steps);
    }

    private Behaviour damaged(Damage other) {
        return new Behaviour(wish, replacement, status, headers, timing, manners, other, steps);
    }
}
