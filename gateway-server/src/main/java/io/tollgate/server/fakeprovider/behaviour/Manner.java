package io.tollgate.server.fakeprovider.behaviour;

/** A form an answer may take. */
public enum Manner {
    /** Compressed; a stream is flushed event by event. */
    GZIP,
    /** Lines of events end in CR LF. */
    CRLF,
    /** The answer says {@code connection: close} and the connection is closed after it. */
    CLOSES,
    /** Neither a length nor chunks: the body ends with the connection. */
    CLOSE_DELIMITED,
    /** Sent once the request's head is there, without waiting for the body. */
    BEFORE_BODY,
    /** Header lines are sent for ever. */
    ENDLESS_HEAD,
    /** The events are repeated for ever. */
    ENDLESS_BODY
}
