package io.tollgate.server.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Names of all query parameters. */
    public Set<String> parameters() {
        String query = head.query();
        return query == null
                ? Set.of()
                : new QueryStringDecoder(query, false).parameters().keySet();
    }

    /** A query parameter that is a whole number; {@code absent} where it is not given. */
    public int number(String name, int absent, int least, int most) {
        String text = parameter(name);
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the value.
        }
        throw new AdminProblem(400, name + " '" + text + "': expected a number from " + least + " to " + most);
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
