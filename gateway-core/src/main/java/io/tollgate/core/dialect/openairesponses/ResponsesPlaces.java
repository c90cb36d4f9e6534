package io.tollgate.core.dialect.openairesponses;

import io.tollgate.core.dialect.answer.Count;
import io.tollgate.core.dialect.answer.Place;
import io.tollgate.core.dialect.answer.Place.Kind;
import io.tollgate.core.dialect.openai.OpenAiPlaces;

/** Where a response object, and the events that carry one, tell what became of it. */
final class ResponsesPlaces {
    /** Events put the response object under {@code response}; its text comes piece by piece in {@code delta}. */
    static final Place ANSWER = response(OpenAiPlaces.root())
            .attach("response", response(OpenAiPlaces.root()))
            .at("type", Kind.TYPE)
            .at("delta", Kind.TEXT)
            .at("output.content.text", Kind.WHOLE_TEXT)
            .at("output.content.refusal", Kind.WHOLE_TEXT)
            .at("output.summary.text", Kind.WHOLE_TEXT)
            .at("output.name", Kind.WHOLE_TEXT)
            .at("output.arguments", Kind.WHOLE_TEXT)
            .at("output.input", Kind.WHOLE_TEXT);

    private ResponsesPlaces() {}

    private static Place response(Place place) {
        return place.at("id", Kind.ID)
                .at("status", Kind.STATUS)
                .at("background", Kind.BACKGROUND)
                .at("incomplete_details.reason", Kind.FINISH)
                .count(Count.SEARCHES, "tool_usage.web_search.num_requests");
    }
}
