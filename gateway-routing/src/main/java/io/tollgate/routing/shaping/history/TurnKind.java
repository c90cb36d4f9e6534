package io.tollgate.routing.shaping.history;

/** What a turn is to the others around it. */
enum TurnKind {
    /** Stays wherever it stands: the operator's words, and what a provider made of earlier turns. */
    KEPT,
    /** Somebody says something new. */
    USER,
    /** Made by a model. */
    MODEL,
    /** Answers a model's tool call, and cannot stand without it. */
    RESULT
}
