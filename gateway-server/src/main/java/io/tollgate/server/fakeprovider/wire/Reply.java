package io.tollgate.server.fakeprovider.wire;

/** An answer under way on a connection. On the connection's loop. */
interface Reply {
    /** Begins to answer. */
    void start();

    /** The socket takes bytes again. */
    void writable();

    /** The peer has closed the connection. */
    void peerClosed();
}
