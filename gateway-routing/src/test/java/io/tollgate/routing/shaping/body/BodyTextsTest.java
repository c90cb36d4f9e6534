package io.tollgate.routing.shaping.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.routing.shaping.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyTextsTest {
    private static List<BodyText> texts(String dialect, String json) {
        Request request = Request.of(dialect, json.replace('\'', '"'));
        return BodyTexts.of(request.facts(), request.body());
    }

    private static List<String> system(String dialect, String json) {
        Request request = Request.of(dialect, json.replace('\'', '"'));
        return BodyTexts.ofSystem(request.facts(), request.body()).stream()
                .map(BodyText::text)
                .toList();
    }

    @Test
    void what_a_tool_answered_in_a_users_turn_the_user_did_not_say() {
        List<BodyText> texts = texts(
                "anthropic",
                "{'messages':[{'role':'user','content':'ask'},{'role':'assistant','content':'no'},"
                        + "{'role':'user','content':[{'content':[{'type':'text','text':'told'}],'type':'tool_result','tool_use_id':'x'},"
                        + "{'tool_use_id':'y','type':'tool_result','content':'plain'},{'type':'text','text':'and?'}]}]}");
        assertThat(texts).extracting(BodyText::text).containsExactly("ask", "told", "plain", "and?");
        assertThat(texts).extracting(BodyText::user).containsExactly(true, false, false, true);
    }

    @Test
    void json_is_no_text() {
        assertThat(
                        texts(
                                "openai-chat",
                                "{'messages':[{'role':'user','content':' {1'},{'role':'tool','content':'[1]'},{'role':'user','content':'[1] x'}]}"))
                .extracting(BodyText::text)
                .containsExactly("[1] x");
    }

    @Test
    void system_prompts_are_found_wherever_a_dialect_has_them() {
        assertThat(
                        system(
                                "openai-chat",
                                "{'messages':[{'role':'system','content':'a'},{'role':'user','content':'no'},"
                                        + "{'role':'developer','content':[{'type':'text','text':'b'},{'type':'text','text':'c'}]}]}"))
                .containsExactly("a", "b", "c");
        assertThat(system("openai-responses", "{'instructions':'a','input':[{'role':'developer','content':'b'}]}"))
                .containsExactly("a", "b");
        assertThat(system("anthropic", "{'system':[{'type':'text','text':'a'}],'messages':[]}"))
                .containsExactly("a");
        assertThat(system("gemini", "{'systemInstruction':{'role':'x','parts':[{'text':'a'}]},'contents':[]}"))
                .containsExactly("a");
    }

    @Test
    void characters_stand_where_they_are_said_to() {
        Request request = Request.of(
                "openai-chat",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\n\\u00e9\u00e9\\ud83d\\ude00\uD83D\uDE00\\\"z\"}]}");
        BodyText text = BodyTexts.of(request.facts(), request.body()).getFirst();
        assertThat(text.text()).isEqualTo("a\n\u00e9\u00e9\uD83D\uDE00\uD83D\uDE00\"z");
        assertThat(request.body().text(text.span(1, 2))).isEqualTo("\\n");
        assertThat(request.body().text(text.span(2, 4))).isEqualTo("\\u00e9\u00e9");
        assertThat(request.body().text(text.span(4, 6))).isEqualTo("\\ud83d\\ude00");
        assertThat(request.body().text(text.span(6, 8))).isEqualTo("\uD83D\uDE00");
        assertThat(request.body().text(text.span(8, 10))).isEqualTo("\\\"z");
    }
}
