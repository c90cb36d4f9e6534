package io.tollgate.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to the admin port. */
public record AdminRequest(RequestHead head, byte[] body) {
    /** A query parameter's only value, or null; given twice is a problem. */
    public @Nullable String parameter(String name) {
        String query = head.query();
        if (query == null) {
            return null;
        }
        List<String> values = new QueryStringDecoder(query, false).parameters().get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new AdminProblem(400, "parameter " + name + " is given " + values.size() + " times");
        }
        return values.getFirst();
    }
}
