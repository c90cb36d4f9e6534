package io.tollgate.routing.promptcache;

/** Where in a prompt a prefix ends; prefixes of one kind are read again about as often as each other. */
enum Kind {
    /** Behind the tools. */
    TOOLS,
    /** Behind the system prompt. */
    SYSTEM,
    /** Behind a conversation's first turn. */
    OPENING,
    /** Behind a later turn. */
    TURN
}
