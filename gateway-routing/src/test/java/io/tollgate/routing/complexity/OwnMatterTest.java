package io.tollgate.routing.complexity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.routing.complexity.Complexity.Verdict;
import org.junit.jupiter.api.Test;

/** Requests without any usual verb: what their writers say of their own matters, and what only documents say. */
class OwnMatterTest {
    private static final String MATTER =
            "our neighbour parks in front of our gate every evening and we cannot leave before he is back from work";
    private static final String REASON = "tells of the writer's own matter";

    private static Complexity rules(String prompt) {
        return new RulesClassifier().classify(Question.of(prompt));
    }

    @Test
    void a_matter_told_at_some_length_is_complex() {
        Complexity judged = rules("Since last month " + MATTER + ". What now?");
        assertThat(judged.verdict()).isEqualTo(Verdict.COMPLEX);
        assertThat(judged.reasons()).contains(REASON);
    }

    @Test
    void told_by_a_quotation_or_a_document_it_is_none_of_the_writers() {
        for (String prompt : new String[] {
            "Just the topic please: " + MATTER,
            "Just the topic please\n" + MATTER,
            "Just the topic of \"" + MATTER + "\" please",
            "Nur das Thema von „" + MATTER + "“ bitte",
            "Juste le sujet de « " + MATTER + " » merci"
        }) {
            Complexity judged = rules(prompt);
            assertThat(judged.verdict()).as(prompt).isEqualTo(Verdict.SIMPLE);
            assertThat(judged.reasons()).as(prompt).doesNotContain(REASON);
        }
    }

    @Test
    void a_colon_within_what_is_asked_at_the_end_begins_no_document() {
        assertThat(rules("Here is the thing: " + MATTER + ", so where do you think we stand?")
                        .reasons())
                .contains(REASON);
    }

    @Test
    void a_simple_task_stays_one_however_much_is_told() {
        assertThat(rules("Translate into German that " + MATTER).verdict()).isEqualTo(Verdict.SIMPLE);
    }
}
