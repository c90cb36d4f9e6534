package io.tollgate.routing.shaping.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.routing.shaping.Request;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class HistoryWindowTest {
    private static final String PAIR = "{'role':'user','content':'ask'},{'role':'assistant','content':'told'}";

    private static Request chat(String turns) {
        return Request.of("openai-chat", ("{'messages':[" + turns + "]}").replace('\'', '"'));
    }

    private static BitSet dropped(Request request, HistoryLimit limit) {
        return HistoryWindow.dropped(request.facts(), request.body(), limit, 0.25, request.alternating());
    }

    private static HistoryLimit turns(int turns) {
        return new HistoryLimit(turns, Long.MAX_VALUE, 1);
    }

    @Test
    void a_result_that_comes_late_holds_its_call_and_all_between() {
        Request late = Request.of(
                "openai-responses",
                ("{'input':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'c'},"
                                + "{'type':'function_call','call_id':'x','name':'f','arguments':'{}'},{'role':'user','content':'d'},"
                                + "{'role':'assistant','content':'e'},{'type':'function_call_output','call_id':'x','output':'1'},"
                                + "{'role':'user','content':'f'}]}")
                        .replace('\'', '"'));
        assertThat(dropped(late, turns(4)).stream().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(dropped(late, turns(5)).stream().toArray()).containsExactly(1, 2);
    }

    @Test
    void the_last_step_stays_even_where_it_is_over_the_limit() {
        Request wide = chat(PAIR + ",{'role':'user','content':'go'},{'role':'assistant','tool_calls':["
                + "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}},"
                + "{'id':'b','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'a','content':'1'},{'role':'tool','tool_call_id':'b','content':'2'}");
        assertThat(dropped(wide, turns(1)).stream().toArray()).containsExactly(1, 2);
    }

    @Test
    void a_window_that_moves_by_steps_begins_with_the_same_turns_over_several_calls() {
        StringBuilder turns = new StringBuilder(PAIR);
        int moved = 0;
        int before = 0;
        for (int i = 0; i < 40; i++) {
            turns.append(',').append(PAIR);
            Request request = chat(turns + ",{'role':'user','content':'last'}");
            BitSet dropped = dropped(request, new HistoryLimit(20, Long.MAX_VALUE, 10));
            int left = request.turns().size() - dropped.cardinality() - 1;
            assertThat(left).isBetween(dropped.isEmpty() ? 0 : 10, 20);
            moved += dropped.cardinality() != before ? 1 : 0;
            before = dropped.cardinality();
        }
        assertThat(moved).isBetween(6, 8);
    }

    @Test
    void nothing_goes_where_all_fits_or_nobody_asked_or_the_provider_keeps_the_conversation() {
        assertThat(dropped(chat(PAIR), turns(2)).isEmpty()).isTrue();
        assertThat(dropped(
                                chat("{'role':'assistant','content':'a'},".repeat(5)
                                        + "{'role':'system','content':'b'}"),
                                turns(1))
                        .isEmpty())
                .isTrue();
        Request kept = Request.of(
                "openai-responses",
                "{\"conversation\":\"c\",\"input\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},"
                        + "{\"role\":\"user\",\"content\":\"c\"}]}");
        assertThat(dropped(kept, turns(1)).isEmpty()).isTrue();
    }

    @Test
    void by_tokens_the_latest_turns_that_fit_with_the_first_stay() {
        String hundred = "{'role':'user','content':'" + "word".repeat(96) + "'}";
        Request request = chat(hundred + ("," + hundred).repeat(9));
        BitSet dropped = dropped(request, new HistoryLimit(Integer.MAX_VALUE, 400, 1));
        assertThat(dropped.stream().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(HistoryWindow.tokens(request.facts().turns(), dropped, 0.25)).isEqualTo(600);
    }

    @Test
    void time_grows_with_the_number_of_turns_alone() {
        Request request = chat(PAIR + ("," + PAIR).repeat(49_000) + ",{'role':'user','content':'last'}");
        long from = System.nanoTime();
        assertThat(dropped(request, turns(10)).cardinality()).isGreaterThan(97_000);
        assertThat(System.nanoTime() - from).isLessThan(5_000_000_000L);
    }
}
