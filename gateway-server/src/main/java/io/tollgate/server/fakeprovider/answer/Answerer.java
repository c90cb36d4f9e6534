package io.tollgate.server.fakeprovider.answer;

/** Answers one kind of request. On the connection's loop. */
@FunctionalInterface
public interface Answerer {
    /** The answer, never null; the provider's own error where the request is wrong. */
    Answer answer(Question question);
}
