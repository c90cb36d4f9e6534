package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.util.List;

/** All other paths below {@code /v1/}: files, batches and the like, as small objects. Anything else is not found. */
public final class OtherAnswerer implements Answerer {
    @Override
    public Answer answer(Question question) {
        ReceivedRequest request = question.request();
        String path = request.path();
        int version = path.indexOf("/v1");
        if (version < 0) {
            return OpenAiErrors.error(
                    404, "Invalid URL (" + request.method() + " " + path + ")", "invalid_request_error", null, null);
        }
        String[] steps = path.substring(version + 1).split("/");
        String type = steps.length > 1 ? singular(steps[1]) : "object";
        boolean named = steps.length > 2;
        return switch (request.method()) {
            case "GET" ->
                Answer.json(
                        200,
                        named
                                ? object("id", steps[2], "object", type, "status", "completed")
                                : object("object", "list", "data", List.of(), "has_more", false));
            case "DELETE" -> Answer.json(200, object("id", named ? steps[2] : "", "object", type, "deleted", true));
            default ->
                Answer.json(
                        200,
                        object(
                                "id",
                                question.house().id(type + "-"),
                                "object",
                                type,
                                "bytes",
                                request.body().length,
                                "created_at",
                                question.house().now(),
                                "status",
                                "processed"));
        };
    }

    private static String singular(String plural) {
        return plural.endsWith("ches")
                ? plural.substring(0, plural.length() - 2)
                : plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }
}
