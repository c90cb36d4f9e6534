package io.tollgate.core.dialect.openai;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.BodyEdit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks for another model: in the body, and in the path where an Azure deployment stands there. */
public final class ModelEdit {
    private static final String DEPLOYMENTS = "/deployments/";

    private ModelEdit() {}

    /** The member {@code model}; left out where only the path names a model. */
    public static List<BodyEdit> body(RequestFacts facts, String model) {
        boolean onlyInPath = facts.model() != null && facts.members().get("model") == null;
        return onlyInPath || facts.members().open() < 0
                ? List.of()
                : List.of(facts.members().set("model", quote(model)));
    }

    /** The path with another deployment, or as it was. */
    public static String path(Endpoint endpoint, String model) {
        int at = endpoint.model() == null ? -1 : endpoint.path().indexOf(DEPLOYMENTS);
        if (at < 0) {
            return endpoint.path();
        }
        int from = at + DEPLOYMENTS.length();
        int to = endpoint.path().indexOf('/', from);
        String segment = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        return endpoint.path().substring(0, from)
                + segment
                + (to < 0 ? "" : endpoint.path().substring(to));
    }
}
