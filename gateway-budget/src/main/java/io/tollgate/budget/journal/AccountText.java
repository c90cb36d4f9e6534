package io.tollgate.budget.journal;

import io.tollgate.core.text.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** An account's values as they stand in the file: a JSON array of strings. */
final class AccountText {
    private static final JsonFactory JSON = new JsonFactory();

    private AccountText() {}

    static String of(Collection<String> values) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (String value : values) {
            text.add(JsonString.quote(value));
        }
        return text.toString();
    }

    static List<String> read(String text) {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                values.add(parser.getString());
            }
        }
        return values;
    }
}
