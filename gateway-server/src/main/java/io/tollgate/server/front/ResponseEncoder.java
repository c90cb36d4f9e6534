package io.tollgate.server.front;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** HTTP/1.1 responses; those to HEAD have no body whatever their headers say. */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    /** Whether the next response answers a HEAD request. */
    void answersHead(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }
}
