package io.tollgate.core.tokens.prompt;

/** A piece of a message. */
public sealed interface Part {
    /** Words. */
    record Words(String text) implements Part {}

    /** A tool the model called; {@code arguments} is JSON. */
    record Call(String name, String arguments) implements Part {}

    /** What a tool answered; the name is empty where the dialect only has the call's id. */
    record Result(String name, String text) implements Part {}

    /** An image, a sound, a document. */
    record Media(Medium medium) implements Part {}

    /** Thinking of an earlier turn that is sent back sealed, as this many characters. */
    record SealedThought(int characters) implements Part {}
}
