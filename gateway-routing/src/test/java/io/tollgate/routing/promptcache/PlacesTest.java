package io.tollgate.routing.promptcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final AnthropicDialect DIALECT = new AnthropicDialect();
    private static final Endpoint MESSAGES =
            new Endpoint(DIALECT, Operation.GENERATE, null, "/v1/messages", null, false);
    private static final String MARK = ",'cache_control':{'type':'ephemeral'}";

    private static RequestBody body(String json) {
        return RequestBody.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<Prefix> places(String json) {
        return Places.of(DIALECT.read(MESSAGES, body(json)), body(json), 1);
    }

    private static String edited(String json) {
        List<BodyEdit> edits = places(json).stream()
                .flatMap(prefix -> prefix.marking().stream())
                .toList();
        return new String(new SplicedBody(body(json), edits).toBytes(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void texts_become_blocks_and_lists_are_marked_at_their_last_block() {
        assertThat(edited("{ 'model':'m',  'messages':[ {'role':'user','content':'a' } ],'system':'s' }"))
                .isEqualTo("{ 'model':'m',  'messages':[ {'role':'user','content':[{'type':'text','text':'a'" + MARK
                        + "}] } ],'system':[{'type':'text','text':'s'" + MARK + "}] }");
        assertThat(
                        edited(
                                "{'tools':[{'name':'x'}, {'name':'y' } ],'system':[{'type':'text','text':'s'}],"
                                        + "'messages':[{'content':[{'type':'text','text':'a'},{'type':'image','source':{}}],'role':'user'}]}"))
                .isEqualTo("{'tools':[{'name':'x'}, {'name':'y' " + MARK + "} ],'system':[{'type':'text','text':'s'"
                        + MARK + "}],'messages':[{'content':[{'type':'text','text':'a'},{'type':'image','source':{}"
                        + MARK + "}],'role':'user'}]}");
    }

    @Test
    void the_ends_of_this_request_and_of_the_one_before_are_places_and_there_are_at_most_four() {
        String turns = "{'role':'user','content':'1'},{'role':'assistant','content':'2'},{'role':'user','content':'3'}";
        assertThat(places("{'tools':[{'name':'x'}],'system':'s','messages':[" + turns + "]}"))
                .extracting(Prefix::kind)
                .containsExactly(Kind.TOOLS, Kind.SYSTEM, Kind.OPENING, Kind.TURN);
    }

    @Test
    void what_the_provider_refuses_to_mark_is_left_alone() {
        String thinking = "{'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'t'}]}]}";
        assertThat(edited(thinking)).isEqualTo(thinking);
        String empty = "{'system':'','tools':[],'messages':[{'role':'user','content':[{'type':'text','text':''}]}]}";
        assertThat(edited(empty)).isEqualTo(empty);
    }

    @Test
    void a_mark_anywhere_is_seen() {
        assertThat(Places.marked(body("{'system':[{'type':'text','text':'s','cache_control':{}}]}")))
                .isTrue();
        assertThat(Places.marked(body("{'system':'cache control'}"))).isFalse();
    }

    @Test
    void a_later_turn_of_a_conversation_begins_with_the_same_prefixes() {
        String first = "{'role':'user','content':'1'}";
        String second = first + ",{'role':'assistant','content':'2'},{'role':'user','content':'3'}";
        List<Prefix> before = places("{'system':'s','messages':[" + first + "]}");
        List<Prefix> after = places("{'messages':[" + second + "], 'system':'s'}");
        assertThat(after.getFirst().hash()).isEqualTo(before.getFirst().hash());
        assertThat(after.get(1).hash()).isEqualTo(before.get(1).hash());
    }

    @Test
    void its_time_is_told() {
        for (int size : new int[] {2_000, 40_000}) {
            RequestBody body = body("{'tools':[{'name':'x'}],'system':'" + "word ".repeat(size / 10)
                    + "','messages':[{'role':'user','content':'" + "text ".repeat(size / 10) + "'}]}");
            var facts = DIALECT.read(MESSAGES, body);
            long found = 0;
            long from = 0;
            for (int i = 0; i < 6_000; i++) {
                from = i == 4_000 ? System.nanoTime() : from;
                found += Places.marked(body) ? 1 : Places.of(facts, body, i).size();
            }
            assertThat(found).isEqualTo(18_000);
            System.out.printf("%d bytes: %.1f µs%n", body.length(), (System.nanoTime() - from) / 2e6);
        }
    }
}
