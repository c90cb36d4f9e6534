package io.tollgate.budget.identity;

import io.tollgate.core.error.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A flat JSON object in a header, as Portkey and Cloudflare take metadata. */
final class MetadataJson {
    private static final JsonFactory JSON = new JsonFactory();

    private MetadataJson() {}

    static Map<String, String> read(String json, String header) {
        Map<String, String> entries = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedException.malformed(header + ": expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue()) {
                    if (value != JsonToken.VALUE_NULL) {
                        entries.put(name, parser.getString());
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw RefusedException.malformed(header + ": expected a JSON object of strings, got something unreadable");
        }
        return entries;
    }
}
