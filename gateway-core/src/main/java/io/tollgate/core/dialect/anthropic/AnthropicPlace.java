package io.tollgate.core.dialect.anthropic;

/** What stands at a place of a message or of an event of its stream. */
enum AnthropicPlace {
    /** A message, or one event. */
    DOCUMENT,
    /** The event's own type, or the message's. */
    TYPE,
    /** The model that answered. */
    MODEL,
    /** Why generation ended. */
    FINISH,
    /** Generated text. */
    TEXT,
    /** Standard, priority or batch. */
    TIER,
    /** Standard or fast. */
    SPEED,
    /** Where it was computed. */
    REGION,
    /** One sampling of the call, with counts of its own. */
    ITERATION,
    /** What a sampling was for. */
    ITERATION_TYPE,
    /** The model of a sampling. */
    ITERATION_MODEL,
    /** Input that the cache had no part in. */
    INPUT,
    /** Input read from the cache. */
    CACHE_READ,
    /** Input written to the cache, at any lifetime. */
    CACHE_WRITE,
    /** The part of it at five minutes. */
    CACHE_WRITE_5M,
    /** The part of it at an hour. */
    CACHE_WRITE_1H,
    /** All output. */
    OUTPUT,
    /** The part of it spent on thinking. */
    THINKING,
    /** Searches billed per use. */
    WEB_SEARCHES
}
