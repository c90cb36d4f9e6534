package io.tollgate.budget.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionTest {
    @Test
    void a_list_keeps_its_order_and_ignores_blanks() {
        assertThat(Dimension.list(" team, tag:cost center,,model "))
                .extracting(Dimension::name)
                .containsExactly("team", "tag:cost center", "model");
        assertThat(Dimension.list("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Team", "r.at; DROP TABLE usage_row", "tag:", "tag:a\"b", "tag:a'b\\", "tag:$.x[0]", "tags"})
    void a_name_nobody_knows_is_refused(String name) {
        assertThatThrownBy(() -> Dimension.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void a_name_given_twice_is_refused() {
        assertThatThrownBy(() -> Dimension.list("team,team"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'team' is named twice");
    }

    @Test
    void a_tags_name_is_bound_and_never_part_of_the_sql() {
        List<Object> bound = new ArrayList<>();
        assertThat(Dimension.of("tag:größe 2").sql(bound)).isEqualTo("json_extract(r.tags, ?)");
        assertThat(bound).containsExactly("$.\"größe 2\"");
    }
}
