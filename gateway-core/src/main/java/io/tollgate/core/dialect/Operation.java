package io.tollgate.core.dialect;

/** What a path asks for. */
public enum Operation {
    /** A model generates an answer. */
    GENERATE,
    /** Vectors for texts. */
    EMBED,
    /** Tokens are counted, nothing is billed. */
    COUNT_TOKENS,
    /** The provider's models are listed. */
    LIST_MODELS,
    /** Anything else below a provider's prefix: relayed, attributed, and metered where a usage is found. */
    TUNNEL
}
