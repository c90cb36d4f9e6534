package io.tollgate.core.dialect.openairesponses;

import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiPlaces;

/** Where a response object, and the events that carry one, tell what became of it. */
final class ResponsesPlaces {
    /** Events put the response object under {@code response}; its text comes piece by piece in {@code delta}. */
    static final ScanLayout<Fact> ANSWER = layout();

    private ResponsesPlaces() {}

    private static ScanLayout<Fact> layout() {
        ScanLayout.Builder<Fact> answer = ScanLayout.builder();
        response(answer);
        response(answer.in("response"));
        return answer.string(Fact.TYPE, "type")
                .text(Fact.TEXT, "delta")
                .text(
                        Fact.WHOLE_TEXT,
                        "output.content.text",
                        "output.content.refusal",
                        "output.summary.text",
                        "output.name",
                        "output.arguments",
                        "output.input")
                .build();
    }

    private static void response(ScanLayout.Builder<Fact> response) {
        OpenAiPlaces.addTo(response)
                .string(Fact.ID, "id")
                .string(Fact.STATUS, "status")
                .flag(Fact.BACKGROUND, "background")
                .string(Fact.FINISH, "incomplete_details.reason")
                .number(Fact.SEARCHES, "tool_usage.web_search.num_requests");
    }
}
