package io.tollgate.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeRuleTest {
    private static final ScopeRule TEAM = new ScopeRule(List.of("team"));

    private final HttpHeaders headers = new DefaultHttpHeaders();
    private @Nullable String query;

    @Test
    void a_key_is_for_itself() {
        assertThat(scope(ScopeRule.PER_KEY, caller("a", Map.of()), Map.of())).isEqualTo("key:a");
    }

    @Test
    void keys_of_one_team_share_where_that_is_configured() {
        Map<String, String> team = Map.of("team", "checkout");

        assertThat(scope(TEAM, caller("a", team), team)).isEqualTo("team=checkout");
        assertThat(scope(TEAM, caller("b", team), team)).isEqualTo("team=checkout");
    }

    @Test
    void a_tag_the_key_does_not_vouch_for_opens_no_door() {
        Map<String, String> claimed = Map.of("team", "checkout");

        assertThat(scope(TEAM, caller("stranger", Map.of()), claimed)).isEqualTo("team=checkout,key:stranger");
    }

    @Test
    void a_missing_tag_makes_no_common_scope() {
        assertThat(scope(TEAM, caller("a", Map.of()), Map.of())).isEqualTo("key:a");
        assertThat(scope(TEAM, caller("b", Map.of()), Map.of())).isEqualTo("key:b");
    }

    @Test
    void without_virtual_keys_tags_are_taken_as_they_come() {
        assertThat(scope(TEAM, Caller.ANONYMOUS, Map.of("team", "x"))).isEqualTo("team=x");
    }

    @Test
    void values_cannot_be_made_to_look_like_other_scopes() {
        ScopeRule two = new ScopeRule(List.of("user", "team"));
        Map<String, String> odd = Map.of("team", "a,user=b", "user", "c%2C");

        assertThat(scope(two, caller("k", odd), odd)).isEqualTo("team=a%2Cuser%3Db,user=c%252C");
        Map<String, String> key = Map.of("team", "x,key:victim");
        assertThat(scope(TEAM, caller("k", key), key)).isEqualTo("team=x%2Ckey:victim");
        Map<String, String> named = Map.of("key", "victim");
        assertThat(scope(ScopeRule.PER_KEY, caller("k", named), named)).isEqualTo("key:k");
    }

    @Test
    void the_order_of_dimensions_does_not_matter() {
        assertThat(new ScopeRule(List.of("user", "team"))).isEqualTo(new ScopeRule(List.of("team", "user")));
    }

    @Test
    void a_credential_is_told_apart_and_cannot_be_read_back() {
        headers.add("authorization", "Bearer sk-secret-1");
        String one = scope(ScopeRule.PER_KEY, Caller.ANONYMOUS, Map.of());
        headers.set("authorization", "Bearer sk-secret-2");
        String other = scope(ScopeRule.PER_KEY, Caller.ANONYMOUS, Map.of());

        assertThat(one).matches("credential:[0-9a-f]{32}").isNotEqualTo(other);
    }

    @Test
    void everything_presented_counts() {
        headers.add("x-tollgate-key", "shared").add("x-api-key", "a");
        String one = scope(ScopeRule.PER_KEY, Caller.ANONYMOUS, Map.of());
        headers.set("x-api-key", "b");
        String other = scope(ScopeRule.PER_KEY, Caller.ANONYMOUS, Map.of());
        headers.remove("x-api-key").remove("x-tollgate-key");
        query = "alt=sse&key=b";
        String inQuery = scope(ScopeRule.PER_KEY, Caller.ANONYMOUS, Map.of());

        assertThat(Set.of(one, other, inQuery)).hasSize(3);
    }

    @Test
    void a_place_of_the_provider_counts_too() {
        headers.add("x-own-token", "a");
        RequestHead head = RequestHead.of(HttpMethod.POST, "/v1", headers);

        assertThat(ScopeRule.PER_KEY
                        .of(Caller.ANONYMOUS, Tags.NONE, head, "x-own-token")
                        .text())
                .startsWith("credential:");
        assertThat(ScopeRule.PER_KEY.of(Caller.ANONYMOUS, Tags.NONE, head, null).text())
                .isEqualTo("nobody");
    }

    private String scope(ScopeRule rule, Caller caller, Map<String, String> tags) {
        RequestHead head = new RequestHead(HttpMethod.POST, "/v1", query, headers);
        return rule.of(caller, Tags.of(tags), head, null).text();
    }

    private static Caller caller(String key, Map<String, String> tags) {
        return new Caller(key, Tags.of(tags), List.of(), null, Set.of());
    }
}
