package io.tollgate.cache.key;

import java.util.Locale;

/** Why a request is not looked up and its answer not kept. {@link #token()} stands in {@code x-tollgate-cache: bypass; reason=…}. */
public enum BypassReason {
    /** The path asks for something else than an answer or a vector. */
    OPERATION,
    /** The caller sent {@code x-tollgate-cache: off}. */
    OFF,
    /** Only calls that ask for the cache in {@code x-tollgate-cache} are cached. */
    NOT_ASKED,
    /** The configuration says {@code no_store} for this key or tag. */
    NO_STORE,
    /** A temperature above 0 asks for variety. */
    TEMPERATURE,
    /** The model may call tools: what it answers is a step of a program, not an answer. */
    TOOLS,
    /** The answer depends on what the web says now. */
    WEB_SEARCH,
    /** More than one answer is asked for. */
    N,
    /** Probabilities are asked for: they differ between runs of the same request. */
    LOGPROBS,
    /** The request continues from something the provider keeps. */
    SERVER_STATE,
    /** The request points to a file or an address whose content can change. */
    REMOTE_CONTENT,
    /** The answer is worked on in the background and fetched later. */
    BACKGROUND,
    /** An object names a member twice: which one counts is the provider's secret. */
    DUPLICATE_KEY,
    /** A number whose exponent no one can mean. */
    NUMBER,
    /** The body is too large to be hashed on the way. */
    TOO_LARGE,
    /** The body is not JSON. */
    MALFORMED;

    private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** A short stable word, e.g. {@code web-search}. */
    public String token() {
        return token;
    }
}
