package io.tollgate.budget.step;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.RequestBody;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Anthropic's {@code thinking.budget_tokens}, which must stay below {@code max_tokens}: a cap at or below it makes the
 * call fail. Source: Anthropic's API reference. Read only where a cap is to be lowered.
 */
final class ThinkingBudget {
    private ThinkingBudget() {}

    /** The lowest cap this call can be given; 0 when any will do. */
    static long leastCap(Exchange exchange) {
        Members.Member thinking = exchange.facts().get().members().get("thinking");
        if (thinking == null || exchange.endpoint().dialect().family() != Family.ANTHROPIC) {
            return 0;
        }
        RequestBody body = exchange.body();
        try (JsonParser parser = JsonSource.open(
                body.array(),
                body.offset() + thinking.value().start(),
                thinking.value().length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean wanted = parser.currentName().equals("budget_tokens");
                    JsonToken value = parser.nextToken();
                    if (wanted && value == JsonToken.VALUE_NUMBER_INT) {
                        return parser.getLongValue() + 1;
                    }
                    parser.skipChildren();
                }
            }
            return 0;
        } catch (JacksonException e) {
            return 0; // a number no long holds: the provider's to refuse
        }
    }
}
