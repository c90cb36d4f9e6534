package io.tollgate.server.config;

/** Whether a provider's streams are asked to tell their usage where the caller did not ask. */
public enum StreamUsage {
    /** They are, and what tells it is taken out of the stream again. */
    ASK,
    /** They are not: the host tells it unasked, or refuses to be asked. */
    NEVER
}
