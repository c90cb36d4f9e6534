package io.tollgate.core.dialect.gemini;

import io.tollgate.core.dialect.scan.AnswerFacts;
import io.tollgate.core.dialect.scan.ScanLayout;
import io.tollgate.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a Gemini answer says of its usage. Source: recorded answers of the Gemini API and Vertex AI. In a stream every
 * chunk has a {@code usageMetadata}; the last that counts anything holds, whole: a count it leaves out is 0.
 */
final class GeminiFacts extends AnswerFacts {
    private static final String METADATA = "usageMetadata.";
    private static final String INTERACTION = "interaction.";
    private static final String USAGE = "usage.";
    private static final long AUDIO = 4;

    /** Where these facts stand. */
    static final ScanLayout LAYOUT = ScanLayout.builder()
            .under(
                    "usageMetadata",
                    "promptTokenCount",
                    "cachedContentTokenCount",
                    "candidatesTokenCount",
                    "thoughtsTokenCount",
                    "toolUsePromptTokenCount",
                    "totalTokenCount",
                    "serviceTier",
                    "trafficType")
            .under("usageMetadata.promptTokensDetails[]", "modality", "tokenCount")
            .under("usageMetadata.promptTokenDetails[]", "modality", "tokenCount")
            .under("usageMetadata.cacheTokensDetails[]", "modality", "tokenCount")
            .under("usageMetadata.candidatesTokensDetails[]", "modality", "tokenCount")
            .under("usageMetadata.toolUsePromptTokensDetails[]", "modality", "tokenCount")
            .values("modelVersion", "promptFeedback.blockReason", "error.code", "error.status")
            .values("candidates[].finishReason", "candidates[].groundingMetadata.webSearchQueries[]")
            .text("candidates[].content.parts[].text")
            .raw("candidates[].content.parts[].functionCall", "candidates[].content.parts[].executableCode")
            .under("usage", interactionCounts())
            .under("interaction.usage", interactionCounts())
            .values("model", "service_tier", "interaction.model", "interaction.service_tier")
            .build();

    private final boolean oneAnswer;
    private GeminiCounts counts = new GeminiCounts();
    private GeminiCounts draft = new GeminiCounts();
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

    private static String[] interactionCounts() {
        return new String[] {
            "total_input_tokens",
            "total_cached_tokens",
            "total_output_tokens",
            "total_thought_tokens",
            "total_tool_use_tokens",
            "total_tokens"
        };
    }

    @Override
    public void number(String path, long value) {
        String plain = plain(path);
        if (plain.endsWith("[].modality")) {
            audio = value == AUDIO;
        } else if (plain.endsWith("[].tokenCount")) {
            modalityTokens = believable(value);
        } else if (plain.startsWith(METADATA)) {
            draft.set(plain.substring(METADATA.length()), believable(value));
        } else if (plain.startsWith(USAGE)) {
            draft.set(plain.substring(USAGE.length()), believable(value));
        } else if (plain.equals("candidates[].finishReason")) {
            finished(FinishReason.named(value));
        } else if (plain.equals("promptFeedback.blockReason")) {
            blocked = Long.toString(value);
        } else if (plain.equals("error.code")) {
            failed = true;
        }
    }

    @Override
    public void string(String path, String value) {
        switch (plain(path)) {
            case "modelVersion", "model" -> model = value;
            case "candidates[].finishReason" -> finished(value);
            case "promptFeedback.blockReason" -> blocked = value;
            case "usageMetadata.serviceTier", "service_tier" -> tier = value;
            case "usageMetadata.trafficType" -> traffic = value;
            case "candidates[].groundingMetadata.webSearchQueries[]" -> searchesHere++;
            case "error.code", "error.status" -> failed = true;
            default -> audio = path.endsWith("[].modality") && value.equals("AUDIO");
        }
    }

    private void finished(String reason) {
        finish = finish == null ? reason : finish;
    }

    private static String plain(String path) {
        return path.startsWith(INTERACTION) ? path.substring(INTERACTION.length()) : path;
    }

    @Override
    public void closed(String path) {
        switch (plain(path)) {
            case "" -> {
                searches = Math.max(searches, searchesHere);
                searchesHere = 0;
            }
            case "usageMetadata", "usage" -> {
                counts = draft.isTold() ? draft : counts;
                draft = new GeminiCounts();
            }
            default -> {
                if (path.startsWith(METADATA) && path.endsWith("[]")) {
                    endModality(path.substring(METADATA.length(), path.length() - 2));
                }
            }
        }
    }

    private void endModality(String list) {
        if (audio) {
            draft.audio(list, modalityTokens);
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
