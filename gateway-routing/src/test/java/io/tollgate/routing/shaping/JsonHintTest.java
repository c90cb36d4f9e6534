package io.tollgate.routing.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.http.SplicedBody;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonHintTest {
    private static String edited(String dialect, String json, String... refused) {
        Request request = Request.of(dialect, json.replace('\'', '"'));
        return new String(
                        new SplicedBody(
                                        request.body(),
                                        JsonHint.edits(dialect, request.facts(), request.body(), Set.of(refused)))
                                .toBytes(),
                        StandardCharsets.UTF_8)
                .replace('"', '\'');
    }

    @Test
    void a_prompt_that_asks_for_json_gets_the_mode_of_its_dialect() {
        String chat = "{'messages':[{'role':'user','content':'as JSON'}]}";
        assertThat(edited("openai-chat", chat))
                .isEqualTo(
                        "{'response_format':{'type':'json_object'},'messages':[{'role':'user','content':'as JSON'}]}");
        assertThat(edited("openai-responses", "{'input':'as json'}"))
                .isEqualTo("{'text':{'format':{'type':'json_object'}},'input':'as json'}");
        assertThat(edited("gemini", "{'contents':[{'parts':[{'text':'as Json'}]}],'generationConfig':{'topK':1}}"))
                .isEqualTo(
                        "{'contents':[{'parts':[{'text':'as Json'}]}],'generationConfig':{'responseMimeType':'application/json','topK':1}}");
        assertThat(edited("openai-chat", chat, "response_format")).isEqualTo(chat);
    }

    @Test
    void a_format_or_tools_of_the_callers_and_a_prompt_without_the_word_are_left_alone() {
        for (String chat : new String[] {
            "{'messages':[{'role':'user','content':'as xml'}]}",
            "{'messages':[{'role':'user','content':'json'}],'response_format':{'type':'text'}}",
            "{'messages':[{'role':'user','content':'json'}],'tools':[]}"
        }) {
            assertThat(edited("openai-chat", chat)).isEqualTo(chat);
        }
        String anthropic = "{'messages':[{'role':'user','content':'json'}]}";
        assertThat(edited("anthropic", anthropic)).isEqualTo(anthropic);
        for (String gemini : new String[] {
            "{'contents':[{'parts':[{'text':'json'}]}]}",
            "{'contents':[{'parts':[{'text':'json'}]}],'generationConfig':{'responseMimeType':'text/plain'}}"
        }) {
            assertThat(edited("gemini", gemini)).isEqualTo(gemini);
        }
    }
}
