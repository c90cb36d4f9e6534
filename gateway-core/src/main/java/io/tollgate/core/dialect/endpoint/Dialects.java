package io.tollgate.core.dialect.endpoint;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openaicompletions.OpenAiCompletionsDialect;
import io.tollgate.core.dialect.openaiembeddings.OpenAiEmbeddingsDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.dialect.tunnel.TunnelDialect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every dialect Tollgate speaks, made once. Thread-safe. */
public final class Dialects {
    private final Dialect chat = new OpenAiChatDialect();
    private final Dialect responses = new OpenAiResponsesDialect();
    private final Dialect completions = new OpenAiCompletionsDialect();
    private final Dialect embeddings = new OpenAiEmbeddingsDialect();
    private final Dialect anthropic;
    private final Dialect gemini;
    private final Map<Family, Dialect> tunnels = new EnumMap<>(Family.class);
    private final Map<Family, Dialect> fetches = new EnumMap<>(Family.class);

    /** With the dialects of the other two families. */
    public Dialects(Dialect anthropic, Dialect gemini) {
        this.anthropic = anthropic;
        this.gemini = gemini;
        for (Family family : Family.values()) {
            tunnels.put(family, new TunnelDialect(of(family), true));
            fetches.put(family, new TunnelDialect(of(family), false));
        }
    }

    /** The family's main dialect: it writes the errors of calls that never got as far as an endpoint. */
    public Dialect of(Family family) {
        return switch (family) {
            case OPENAI -> chat;
            case ANTHROPIC -> anthropic;
            case GEMINI -> gemini;
        };
    }

    /** Those that generate or embed, for tools that look a dialect up by its name. */
    public List<Dialect> named() {
        return List.of(chat, responses, completions, embeddings, anthropic, gemini);
    }

    Dialect chat() {
        return chat;
    }

    Dialect responses() {
        return responses;
    }

    Dialect completions() {
        return completions;
    }

    Dialect embeddings() {
        return embeddings;
    }

    Dialect tunnel(Family family, boolean metered) {
        Dialect tunnel = (metered ? tunnels : fetches).get(family);
        if (tunnel == null) {
            throw new IllegalArgumentException("no tunnel for " + family);
        }
        return tunnel;
    }
}
