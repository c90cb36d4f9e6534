package io.tollgate.core.dialect.toolcalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.http.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCallReaderTest {
    private static final Dialect CHAT = new OpenAiChatDialect();
    private static final Dialect RESPONSES = new OpenAiResponsesDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect GEMINI = new GeminiDialect();

    /** Each call as {@code id name arguments}, a star behind those of the latest answer. */
    private static List<String> calls(Dialect dialect, String json) {
        byte[] bytes = ("  " + json.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
        RequestBody body = new RequestBody(bytes, 2, bytes.length - 2);
        Endpoint endpoint = new Endpoint(dialect, Operation.GENERATE, null, "/", null, false);
        return ToolCallReader.read(dialect.read(endpoint, body), body).stream()
                .map(call -> call.id() + " " + call.name() + " "
                        + (call.arguments() == null ? "" : body.text(call.arguments())) + (call.latest() ? "*" : ""))
                .toList();
    }

    @Test
    void chat_has_them_in_the_assistants_turns() {
        assertThat(calls(CHAT, """
                {'model':'m','tools':[{'type':'function','function':{'name':'no_call','parameters':{}}}],'messages':[
                 {'role':'system','content':'s'},{'role':'user','content':[{'type':'text','text':'tool_calls'}]},
                 {'role':'assistant','content':null,'tool_calls':[
                   {'id':'c1','type':'function','function':{'name':'a','arguments':'{}'}},
                   {'type':'custom','custom':{'name':'b','input':'free text'},'id':'c2'}]},
                 {'role':'tool','tool_call_id':'c1','content':'1'},{'role':'tool','tool_call_id':'c2','content':'2'},
                 {'role':'assistant','content':'now','function_call':{'arguments':'','name':'old'}},
                 {'role':'function','name':'old','content':'3'}]}""")).containsExactly("c1 a \"{}\"", "c2 b \"free text\"", "null old \"\"*");
    }

    @Test
    void parallel_calls_of_the_latest_answer_are_all_the_latest() {
        assertThat(calls(CHAT, """
                {'model':'m','messages':[{'role':'user','content':'x'},
                 {'role':'assistant','tool_calls':[{'id':'c1','function':{'name':'a'}},{'id':'c2','function':{'name':'b'}}]},
                 {'role':'tool','tool_call_id':'c1','content':'1'},{'role':'tool','tool_call_id':'c2','content':'2'}]}""")).containsExactly("c1 a *", "c2 b *");
    }

    @Test
    void when_the_user_spoke_since_none_is_the_latest() {
        assertThat(calls(CHAT, """
                {'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':'c1','function':{'name':'a'}}]},
                 {'role':'tool','tool_call_id':'c1','content':'1'},{'role':'assistant','content':'done'},
                 {'role':'user','content':'again'}]}""")).containsExactly("c1 a ");
    }

    @Test
    void responses_have_them_as_items_whose_type_ends_in_call() {
        assertThat(calls(RESPONSES, """
                {'model':'m','input':[{'role':'user','content':'x'},{'type':'reasoning','id':'r','summary':[]},
                 {'type':'function_call','id':'fc_1','call_id':'c1','name':'a','arguments':'{}'},
                 {'type':'function_call_output','call_id':'c1','output':'1'},
                 {'type':'message','role':'assistant','content':[{'type':'output_text','text':'hm'}]},
                 {'call_id':'c2','type':'custom_tool_call','input':'x','name':'b','id':'z'},
                 {'type':'local_shell_call','call_id':'c3','action':{'command':['ls']}},
                 {'type':'custom_tool_call_output','call_id':'c2','output':'2'},
                 {'type':'local_shell_call_output','call_id':'c3','output':'3'}]}"""))
                .containsExactly("c1 a \"{}\"", "c2 b \"x\"*", "c3 local_shell_call {\"command\":[\"ls\"]}*");
    }

    @Test
    void where_the_provider_keeps_the_conversation_a_result_tells_of_its_call() {
        String input = """
                'input':[{'type':'function_call_output','call_id':'c1','output':'1'},
                 {'type':'function_call_output','call_id':'c2','output':'2'},
                 {'type':'function_call_output','call_id':'c2','output':'2'}]}""";
        assertThat(calls(RESPONSES, "{'model':'m','previous_response_id':'resp_1'," + input))
                .containsExactly("c1  ", "c2  ");
        assertThat(calls(RESPONSES, "{'model':'m'," + input)).isEmpty();
    }

    @Test
    void anthropic_has_them_in_content_blocks() {
        assertThat(calls(ANTHROPIC, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},
                 {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'s'},{'type':'text','text':'t'},
                   {'type':'tool_use','id':'t1','name':'a','input':{'q': 1}}]},
                 {'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'1'}]},
                 {'role':'assistant','content':[{'type':'server_tool_use','id':'t2','name':'web_search','input':{}}]},
                 {'role':'user','content':[{'type':'tool_result','tool_use_id':'t2','content':'1'}]}]}""")).containsExactly("t1 a {\"q\": 1}", "t2 web_search {}*");
    }

    @Test
    void gemini_has_them_in_parts_in_either_spelling() {
        assertThat(calls(GEMINI, """
                {'contents':[{'role':'user','parts':[{'text':'x'}]},
                 {'role':'model','parts':[{'functionCall':{'name':'a','args':{'q':1}}},{'functionCall':{'name':'b'}}]},
                 {'role':'user','parts':[{'functionResponse':{'name':'a','response':{}}}]},
                 {'role':'model','parts':{'function_call':{'args':{},'name':'c','id':'i'}}},
                 {'role':'function','parts':[{'functionResponse':{'name':'c','response':{}}}]}]}""")).containsExactly("null a {\"q\":1}", "null b ", "i c {}*");
    }

    @Test
    void what_only_looks_like_a_call_is_none() {
        assertThat(calls(CHAT, """
                {'model':'m','messages':[
                 {'role':'user','content':'x','tool_calls':[{'id':'c1','function':{'name':'not_a_models'}}]},
                 {'role':'assistant','content':'{"tool_calls":[]}','tool_calls':[]},
                 {'role':'assistant','tool_calls':null},{'role':'assistant','tool_calls':[null,1,'x',[]]}]}""".replace("{\"tool_calls\":[]}", "tool_calls")))
                .isEmpty();
    }
}
