package io.tollgate.core.dialect.gemini;

import static io.tollgate.core.dialect.gemini.GeminiPlace.AUDIO_CACHED;
import static io.tollgate.core.dialect.gemini.GeminiPlace.AUDIO_CANDIDATES;
import static io.tollgate.core.dialect.gemini.GeminiPlace.AUDIO_PROMPT;
import static io.tollgate.core.dialect.gemini.GeminiPlace.AUDIO_TOOL_USE;
import static io.tollgate.core.dialect.gemini.GeminiPlace.BLOCKED;
import static io.tollgate.core.dialect.gemini.GeminiPlace.CACHED;
import static io.tollgate.core.dialect.gemini.GeminiPlace.CANDIDATES;
import static io.tollgate.core.dialect.gemini.GeminiPlace.DOCUMENT;
import static io.tollgate.core.dialect.gemini.GeminiPlace.ERROR;
import static io.tollgate.core.dialect.gemini.GeminiPlace.FINISH;
import static io.tollgate.core.dialect.gemini.GeminiPlace.MODALITY;
import static io.tollgate.core.dialect.gemini.GeminiPlace.MODALITY_TOKENS;
import static io.tollgate.core.dialect.gemini.GeminiPlace.MODEL;
import static io.tollgate.core.dialect.gemini.GeminiPlace.PROMPT;
import static io.tollgate.core.dialect.gemini.GeminiPlace.SEARCH;
import static io.tollgate.core.dialect.gemini.GeminiPlace.TEXT;
import static io.tollgate.core.dialect.gemini.GeminiPlace.THOUGHTS;
import static io.tollgate.core.dialect.gemini.GeminiPlace.TIER;
import static io.tollgate.core.dialect.gemini.GeminiPlace.TOOL_USE;
import static io.tollgate.core.dialect.gemini.GeminiPlace.TOTAL;
import static io.tollgate.core.dialect.gemini.GeminiPlace.TRAFFIC;
import static io.tollgate.core.dialect.gemini.GeminiPlace.USAGE;

import io.tollgate.core.dialect.answer.AnswerFacts;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a Gemini answer says of its usage. Source: recorded answers of the Gemini API and Vertex AI. In a stream every
 * chunk has a {@code usageMetadata}; the last that counts anything holds, whole: a count it leaves out is 0.
 */
final class GeminiFacts extends AnswerFacts<GeminiPlace> {
    private static final long AUDIO_NUMBER = 4;

    /** Where these facts stand. */
    static final ScanLayout<GeminiPlace> LAYOUT = layout();

    private final boolean oneAnswer;
    private final GeminiCounts counts = new GeminiCounts();
    private final GeminiCounts draft = new GeminiCounts();
    private boolean audio;
    private long modalityTokens;
    private @Nullable String model;
    private @Nullable String finish;
    private @Nullable String blocked;
    private @Nullable String tier;
    private @Nullable String traffic;
    private long searches;
    private long searchesHere;
    private boolean failed;

    /** Of an answer with this many candidates. */
    GeminiFacts(int answers) {
        this.oneAnswer = answers <= 1;
    }

    private static ScanLayout<GeminiPlace> layout() {
        ScanLayout.Builder<GeminiPlace> answer = ScanLayout.builder();
        metadata(answer.in("usageMetadata"));
        interaction(answer);
        interaction(answer.in("interaction"));
        return answer.itself(DOCUMENT)
                .string(MODEL, "modelVersion")
                .string(BLOCKED, "promptFeedback.blockReason")
                .number(BLOCKED, "promptFeedback.blockReason")
                .number(ERROR, "error.code")
                .string(ERROR, "error.code", "error.status")
                .string(FINISH, "candidates.finishReason")
                .number(FINISH, "candidates.finishReason")
                .string(SEARCH, "candidates.groundingMetadata.webSearchQueries")
                .text(TEXT, "candidates.content.parts.text")
                .raw(TEXT, "candidates.content.parts.functionCall", "candidates.content.parts.executableCode")
                .build();
    }

    private static void metadata(ScanLayout.Builder<GeminiPlace> metadata) {
        metadata.itself(USAGE)
                .number(PROMPT, "promptTokenCount")
                .number(CACHED, "cachedContentTokenCount")
                .number(CANDIDATES, "candidatesTokenCount")
                .number(THOUGHTS, "thoughtsTokenCount")
                .number(TOOL_USE, "toolUsePromptTokenCount")
                .number(TOTAL, "totalTokenCount")
                .string(TIER, "serviceTier")
                .string(TRAFFIC, "trafficType");
        modalities(metadata.in("promptTokensDetails").itself(AUDIO_PROMPT));
        modalities(metadata.in("promptTokenDetails").itself(AUDIO_PROMPT));
        modalities(metadata.in("cacheTokensDetails").itself(AUDIO_CACHED));
        modalities(metadata.in("candidatesTokensDetails").itself(AUDIO_CANDIDATES));
        modalities(metadata.in("toolUsePromptTokensDetails").itself(AUDIO_TOOL_USE));
    }

    private static void modalities(ScanLayout.Builder<GeminiPlace> list) {
        list.string(MODALITY, "modality").number(MODALITY, "modality").number(MODALITY_TOKENS, "tokenCount");
    }

    private static void interaction(ScanLayout.Builder<GeminiPlace> interaction) {
        interaction.string(MODEL, "model").string(TIER, "service_tier");
        interaction
                .in("usage")
                .itself(USAGE)
                .number(PROMPT, "total_input_tokens")
                .number(CACHED, "total_cached_tokens")
                .number(CANDIDATES, "total_output_tokens")
                .number(THOUGHTS, "total_thought_tokens")
                .number(TOOL_USE, "total_tool_use_tokens")
                .number(TOTAL, "total_tokens");
    }

    @Override
    public void number(GeminiPlace place, long value) {
        switch (place) {
            case MODALITY -> audio = value == AUDIO_NUMBER;
            case MODALITY_TOKENS -> modalityTokens = believable(value);
            case FINISH -> finished(FinishReason.named(value));
            case BLOCKED -> blocked = Long.toString(value);
            case ERROR -> failed = true;
            default -> draft.set(place, believable(value));
        }
    }

    @Override
    public void string(GeminiPlace place, String value) {
        switch (place) {
            case MODEL -> model = value;
            case FINISH -> finished(value);
            case BLOCKED -> blocked = value;
            case TIER -> tier = value;
            case TRAFFIC -> traffic = value;
            case SEARCH -> searchesHere++;
            case ERROR -> failed = true;
            case MODALITY -> audio = value.equals("AUDIO");
            default -> {}
        }
    }

    private void finished(String reason) {
        finish = finish == null ? reason : finish;
    }

    @Override
    public void closed(GeminiPlace place, boolean array) {
        switch (place) {
            case DOCUMENT -> {
                searches = Math.max(searches, searchesHere);
                searchesHere = 0;
            }
            case USAGE -> {
                if (draft.isTold()) {
                    counts.copyFrom(draft);
                }
                draft.clear();
            }
            case AUDIO_PROMPT, AUDIO_CACHED, AUDIO_CANDIDATES, AUDIO_TOOL_USE -> endModality(place);
            default -> {}
        }
    }

    private void endModality(GeminiPlace list) {
        if (audio) {
            draft.set(list, modalityTokens);
        }
        audio = false;
        modalityTokens = 0;
    }

    @Override
    protected @Nullable Usage told() {
        return counts.isTold() ? counts.toUsage(billedSearches()) : null;
    }

    /** Google bills models before Gemini 3 per grounded prompt, later ones per query. */
    private long billedSearches() {
        boolean perPrompt = model != null && (model.startsWith("gemini-1") || model.startsWith("gemini-2"));
        return perPrompt ? Math.min(1, searches) : searches;
    }

    @Override
    protected boolean isFinal(boolean complete) {
        return !failed && (complete || (finish != null && oneAnswer));
    }

    @Override
    protected boolean failed() {
        return failed;
    }

    @Override
    protected @Nullable String model() {
        return model;
    }

    @Override
    protected @Nullable String finish() {
        return finish != null ? finish : blocked != null ? blocked : failed ? "error" : null;
    }

    @Override
    protected @Nullable String serviceTier() {
        return tier != null ? tier : traffic;
    }
}
