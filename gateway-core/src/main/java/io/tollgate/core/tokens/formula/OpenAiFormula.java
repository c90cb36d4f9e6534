package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.ModelFamily;
import io.tollgate.core.tokens.Tokenizer;
import io.tollgate.core.tokens.prompt.Message;
import io.tollgate.core.tokens.prompt.Part;
import io.tollgate.core.tokens.prompt.Prompt;
import java.util.List;

/**
 * OpenAI's own models. Per message and for the reply: OpenAI's cookbook on counting tokens. Tools are rendered as
 * {@link TypeScriptTools} says; what else is added for them and for calls was measured on recorded answers.
 */
final class OpenAiFormula {
    private static final int MESSAGE = 4;
    private static final int REPLY = 3;
    private static final int REPLY_REASONING = 2;
    private static final int NAME = 1;
    private static final int CHAT_TOOLS = 8;
    private static final int CHAT_TOOLS_AFTER_SYSTEM = 5;
    private static final int CHAT_TOOLS_REASONING = 90;
    private static final int RESPONSES_TOOLS = 2;
    private static final int RESPONSES_TOOLS_AFTER_SYSTEM = 3;
    private static final int RESPONSES_TOOLS_REASONING = 9;
    private static final int CALL = 5;
    private static final int CALL_REASONING = 10;
    private static final int PARALLEL_CALL = 12;
    private static final int PARALLEL_CALL_CL100K = 8;
    private static final int PARALLEL_CALLS_CL100K = 19;
    private static final int RESPONSES_CALL_LESS = 2;
    private static final int FORCED = 4;
    private static final int SCHEMA = 8;
    /** A sealed thought has this many characters around it, and so many per token of what it seals. */
    private static final int SEAL = 780;

    private static final double SEALED_PER_TOKEN = 6.6;

    private final boolean reasoning;
    private final boolean responses;
    private final Tokenizer tokenizer;
    private final OpenAiImages images;

    OpenAiFormula(ModelFamily family, String dialect, String model) {
        this.reasoning = family == ModelFamily.OPENAI_REASONING;
        this.responses = dialect.equals("openai-responses");
        this.tokenizer = family == ModelFamily.OPENAI_CL100K ? Tokenizer.CL100K : Tokenizer.O200K;
        this.images = OpenAiImages.of(model);
    }

    long of(Prompt prompt) {
        long tokens = 0;
        for (String text : prompt.texts()) {
            tokens += tokenizer.count(text);
        }
        if (prompt.messages().isEmpty()) {
            return tokens;
        }
        tokens += reasoning ? REPLY_REASONING : REPLY;
        tokens += ProviderTools.openAi(prompt.providerTools());
        List<Message> messages = prompt.messages();
        for (int i = 0; i < messages.size(); i++) {
            tokens += message(messages, i);
        }
        if (!prompt.tools().isEmpty()) {
            tokens += tokenizer.count(TypeScriptTools.render(prompt.tools())) + toolOverhead(prompt);
        }
        if (!prompt.schema().isNothing()) {
            tokens += tokenizer.count(prompt.schema().compact()) + tokenizer.count(prompt.schemaName()) + SCHEMA;
        }
        boolean forced = !prompt.forced().isEmpty() && !prompt.forced().equals("*");
        return tokens + (forced ? FORCED + tokenizer.count(prompt.forced()) : 0);
    }

    private long toolOverhead(Prompt prompt) {
        if (reasoning) {
            int more = prompt.tools().size() - 1;
            return responses ? Math.max(0, RESPONSES_TOOLS_REASONING - more) : CHAT_TOOLS_REASONING - more / 2;
        }
        if (responses) {
            return prompt.hasSystem() ? RESPONSES_TOOLS_AFTER_SYSTEM : RESPONSES_TOOLS;
        }
        return prompt.hasSystem() ? CHAT_TOOLS_AFTER_SYSTEM : CHAT_TOOLS;
    }

    private long message(List<Message> messages, int index) {
        Message message = messages.get(index);
        long tokens = MESSAGE + (message.name().isEmpty() ? 0 : NAME + tokenizer.count(message.name()));
        int calls = callsAround(messages, index);
        if (tokenizer == Tokenizer.CL100K && calls > 1) {
            tokens += PARALLEL_CALLS_CL100K;
        }
        for (Part part : message.parts()) {
            tokens += switch (part) {
                case Part.Words words -> tokenizer.count(words.text());
                case Part.Call call -> call(call, calls);
                case Part.Result result -> tokenizer.count(result.text());
                case Part.Media media -> images.tokens(media.medium());
                case Part.SealedThought thought -> thought(messages, index, thought.characters());
            };
        }
        boolean sealed = message.parts().stream().allMatch(part -> part instanceof Part.SealedThought);
        return sealed && !message.parts().isEmpty() ? tokens - MESSAGE : tokens;
    }

    /** The name stands in the call and again in front of the answer. */
    private long call(Part.Call call, int calls) {
        long name = tokenizer.count(call.name());
        long text = 2 * name + tokenizer.count(call.arguments());
        if (reasoning) {
            return text + CALL_REASONING;
        }
        if (calls > 1) {
            return text + (tokenizer == Tokenizer.CL100K ? PARALLEL_CALL_CL100K : PARALLEL_CALL);
        }
        return text + (responses ? CALL - RESPONSES_CALL_LESS : CALL);
    }

    /** Calls made at once: those of one message; in the responses dialect, of messages in a row. */
    private int callsAround(List<Message> messages, int index) {
        int calls = messages.get(index).calls();
        if (responses && calls > 0) {
            for (int i = index - 1; i >= 0 && messages.get(i).calls() > 0; i--) {
                calls++;
            }
            for (int i = index + 1; i < messages.size() && messages.get(i).calls() > 0; i++) {
                calls++;
            }
        }
        return calls;
    }

    /** Thoughts are read again while the turn goes on that they were thought in, and dropped once the user speaks. */
    private static long thought(List<Message> messages, int index, int characters) {
        for (int i = index + 1; i < messages.size(); i++) {
            if (messages.get(i).role().equals("user")) {
                return 0;
            }
        }
        return Math.max(0, Math.round((characters - SEAL) / SEALED_PER_TOKEN));
    }
}
