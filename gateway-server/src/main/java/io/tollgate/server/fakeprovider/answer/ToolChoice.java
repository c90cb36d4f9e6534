package io.tollgate.server.fakeprovider.answer;

/** Whether the caller wants tools called. */
public enum ToolChoice {
    /** As the model likes: when the text asks for it. */
    AUTO,
    /** Not at all. */
    NONE,
    /** Certainly. */
    REQUIRED
}
