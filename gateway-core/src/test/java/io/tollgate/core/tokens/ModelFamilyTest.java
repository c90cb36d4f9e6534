package io.tollgate.core.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-3.5-turbo-0613, OPENAI_CL100K",
        "gpt-4, OPENAI_CL100K",
        "gpt-4-turbo-preview, OPENAI_CL100K",
        "gpt-35-turbo, OPENAI_CL100K",
        "gpt-4o-mini-2024-07-18, OPENAI_O200K",
        "gpt-4.1-nano, OPENAI_O200K",
        "openai-gpt-4.1, OPENAI_O200K",
        "chatgpt-4o-latest, OPENAI_O200K",
        "gpt-5.4-mini, OPENAI_REASONING",
        "openai/gpt-5-mini, OPENAI_REASONING",
        "openai.gpt-5.6-luna, OPENAI_REASONING",
        "o3-mini, OPENAI_REASONING",
        "o1, OPENAI_REASONING",
        "openai.gpt-oss-120b, OPENAI_REASONING",
        "claude-3-5-sonnet-20240620, CLAUDE_3",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0, CLAUDE_4",
        "anthropic/claude-sonnet-4.5, CLAUDE_4",
        "claude-opus-4-6, CLAUDE_4",
        "claude-opus-4-8, CLAUDE_5",
        "claude-sonnet-5, CLAUDE_5",
        "claude-opus-4-20250514, CLAUDE_4",
        "models/gemini-2.0-flash, GEMINI_2",
        "gemini-2.5-pro, GEMINI_3",
        "google/gemini-3.1-pro-preview, GEMINI_3",
        "mistral-large-latest, MISTRAL",
        "deepseek-v4-flash, DEEPSEEK",
        "grok-4.3, GROK",
        "meta-llama/Llama-3.3-70B-Instruct-Turbo, LLAMA",
        "qwen/qwen3-32b, QWEN",
        "glm-4.6, OTHER"
    })
    void a_model_belongs_to_the_family_its_name_says(String model, ModelFamily family) {
        assertThat(ModelFamily.of(model, Family.OPENAI)).isEqualTo(family);
    }

    @Test
    void a_name_that_says_nothing_belongs_to_its_dialects() {
        assertThat(ModelFamily.of("my-alias", Family.ANTHROPIC)).isEqualTo(ModelFamily.CLAUDE_4);
        assertThat(ModelFamily.of(null, Family.GEMINI)).isEqualTo(ModelFamily.GEMINI_3);
        assertThat(ModelFamily.of("", Family.OPENAI)).isEqualTo(ModelFamily.OTHER);
    }
}
