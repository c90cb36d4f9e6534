package io.tollgate.core.dialect.json;

import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One whole number inside a member that the pass over a request only locates; read where somebody needs it. */
public final class InnerNumber {
    private InnerNumber() {}

    /**
     * The number of one of these names in the object that the member is; -1 where there is none, or none of at least 0.
     *
     * @param names spellings of the one name
     */
    public static long of(RequestBody body, @Nullable Member member, Set<String> names) {
        if (member == null) {
            return -1;
        }
        int from = body.offset() + member.value().start();
        try (JsonParser parser =
                JsonSource.open(body.array(), from, member.value().length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean wanted = names.contains(parser.currentName());
                    JsonToken value = parser.nextToken();
                    if (wanted && (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING)) {
                        return number(parser.getString());
                    }
                    parser.skipChildren();
                }
            }
            return -1;
        } catch (JacksonException e) {
            return -1; // the provider's to refuse
        }
    }

    /** More digits than any count of tokens has are the provider's to refuse, too. */
    private static long number(String text) {
        boolean counts = !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return counts ? Long.parseLong(text) : -1;
    }
}
