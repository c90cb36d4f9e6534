package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.text.JsonString;
import io.tollgate.routing.shaping.body.BodyText;
import io.tollgate.routing.shaping.body.BodyTexts;
import io.tollgate.routing.shaping.text.Shortening;
import io.tollgate.routing.shaping.text.Shortening.Gap;
import io.tollgate.routing.shaping.text.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Shortens what users said and tools answered so that a request keeps within a number of tokens. Pure, for any thread;
 * takes about a microsecond per hundred bytes, so that long bodies are not for event loops.
 */
public final class Truncation {
    private static final int SHORTEST = 200;

    private Truncation() {}

    /**
     * The edits that leave so many bytes of text out, or a little more; none where nothing may be left out.
     *
     * @param bytes UTF-8 bytes of text that are too many
     */
    public static List<BodyEdit> edits(RequestFacts facts, RequestBody body, long bytes, Strategy strategy) {
        if (bytes <= 0) {
            return List.of();
        }
        List<BodyText> texts = new ArrayList<>();
        int asking = -1;
        for (BodyText text : BodyTexts.of(facts, body)) {
            if (text.text().length() > SHORTEST || text.user()) {
                asking = text.user() && !text.text().isBlank() ? texts.size() : asking;
                texts.add(text);
            }
        }
        List<String> words = texts.stream().map(BodyText::text).toList();
        List<BodyEdit> edits = new ArrayList<>();
        for (Gap gap : Shortening.gaps(words, asking, bytes, strategy)) {
            StringBuilder note = new StringBuilder();
            JsonString.escape(gap.note(), note);
            edits.add(BodyEdit.replace(texts.get(gap.text()).span(gap.from(), gap.to()), note.toString()));
        }
        return edits;
    }
}
