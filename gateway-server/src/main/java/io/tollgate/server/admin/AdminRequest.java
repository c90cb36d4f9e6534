package io.tollgate.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the admin port.
 *
 * @param names what stands in the path where its resource's pattern has braces, percent-decoded
 */
public record AdminRequest(RequestHead head, Map<String, String> names, byte[] body) {
    /** What stands in the path where the pattern has this name in braces. */
    public String name(String name) {
        String value = names.get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the pattern of " + head.path());
        }
        return value;
    }

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
