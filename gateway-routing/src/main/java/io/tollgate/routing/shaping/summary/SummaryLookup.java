package io.tollgate.routing.shaping.summary;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.http.RequestBody;
import io.tollgate.routing.shaping.history.HistoryWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the summary of the turns a prompt leaves out. Where there is none of exactly these, the one of the longest
 * beginning of them serves meanwhile, and is what the next is made from, so that each turn is read once. Any thread.
 *
 * @param scope whose summaries these are: nobody else is given one
 * @param dialect the caller's
 * @param capField in which the model's chat API takes a cap; null for the dialect's own
 */
public record SummaryLookup(
        Summaries summaries,
        SummaryTerms terms,
        String scope,
        String dialect,
        @Nullable String capField) {

    /** Whether summaries can be asked for and placed where this call goes. */
    public static boolean speaks(String dialect, Endpoint endpoint) {
        String path = endpoint.path();
        return switch (dialect) {
            case "openai-chat" -> endpoint.model() == null && path.endsWith("/chat/completions");
            case "openai-responses" -> endpoint.model() == null && path.endsWith("/responses");
            case "anthropic" -> endpoint.dialect().family() == Family.ANTHROPIC && path.endsWith("/messages");
            case "gemini" -> true;
            default -> false;
        };
    }

    /**
     * The summary of some turns.
     *
     * @param dropped by index
     * @param tokens they come to, estimated
     */
    public Summarised find(RequestFacts facts, RequestBody body, BitSet dropped, long tokens) {
        Turn opening = HistoryWindow.opening(facts, body);
        if (opening == null || tokens <= terms.maxTokens()) {
            return Summarised.NOT; // a summary would be no shorter
        }
        SummaryPlace place = SummaryPlace.in(opening, body);
        if (place == null) {
            return Summarised.NOT;
        }
        List<Turn> turns = dropped.stream().mapToObj(facts.turns()::get).toList();
        TurnKeys keys = new TurnKeys(List.of(scope, dialect, terms.model(), Integer.toString(terms.maxTokens())));
        keys.add(body, opening);
        List<String> all = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            keys.add(body, turn);
            all.add(keys.key());
        }
        int covered = all.size();
        String text = null;
        while (covered > 0 && text == null) {
            text = summaries.text(all.get(covered - 1));
            covered -= text == null ? 1 : 0;
        }
        Summarised.Wish wish = covered == all.size() ? null : wish(body, turns, covered, text, all.getLast());
        if (text == null) {
            return new Summarised(List.of(), 0, wish);
        }
        String marked = SummaryPrompt.marked(text, covered, terms.model());
        return new Summarised(
                List.of(place.insert(dialect, marked)), marked.getBytes(StandardCharsets.UTF_8).length, wish);
    }

    private Summarised.@Nullable Wish wish(
            RequestBody body, List<Turn> turns, int covered, @Nullable String before, String key) {
        if (!summaries.mayAsk(key, Summarised.Wish.payer(scope, terms.model()))) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Turn turn : turns.subList(covered, turns.size())) {
            texts.add(TurnText.of(body, turn));
        }
        byte[] request = SummaryPrompt.request(terms, dialect, capField, before, texts, key);
        return new Summarised.Wish(key, scope, dialect, terms.model(), request);
    }
}
