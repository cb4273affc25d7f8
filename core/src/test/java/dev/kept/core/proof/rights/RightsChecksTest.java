package dev.kept.core.proof.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.rights.RequestFigures.Answers;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Chapter 8 by figures: who asks is answered, and in time. */
class RightsChecksTest {

    private static final Notice NOTICE =
            NoticeReader.draft(new SourceText("notice.yaml", """
                    notice: shop
                    languages: [en]
                    controller: {name: Shop, email: privacy@shop.example, post: here, zone: UTC}
                    covers: {sites: [shop.example]}
                    collects: {email: {from: you, is: pd:EmailAddress}}
                    uses: {account: {basis: contract, data: [email], ends: [{after: account.opened, for: 2 years}]}}
                    contact: {email: privacy@shop.example, post: here}
                    rights: {answered-within: 30 days, form: "https://shop.example/ask", access: {}, erase: {}}
                    """)).value().orElseThrow();

    private static RequestFigures figures(Map<String, Answers> rights, long byForm) {
        return new RequestFigures(LocalDate.of(2026, 3, 1), rights, Optional.of(4L), Optional.of(19L), byForm);
    }

    private static Map<String, Verdict> verdicts(RequestFigures figures) {
        return RightsChecks.of(NOTICE, figures).stream().collect(Collectors.toMap(Check::path, Check::verdict));
    }

    @Test
    void one_that_is_open_after_its_last_day_breaks_the_time_and_the_right_it_invokes() {
        Map<String, Verdict> verdicts = verdicts(figures(Map.of("erase", new Answers(5, 0, 2, 1, 0)), 1));

        for (String rule : new String[] {"rights.answered-within", "rights.erase"}) {
            assertThat(verdicts.get(rule)).as(rule).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
                assertThat(broken.findings()).hasSize(1);
                assertThat(broken.findings().getFirst().kind()).isEqualTo(Finding.Kind.OVERDUE);
                assertThat(broken.findings().getFirst().count()).isOne();
            });
        }
        assertThat(verdicts.get("rights.access").kind()).isEqualTo(Verdict.Kind.NOT_SHOWN);
    }

    @Test
    void one_that_was_answered_late_breaks_the_time_and_not_the_right() {
        Map<String, Verdict> verdicts = verdicts(figures(Map.of("access", new Answers(5, 2, 0, 0, 1)), 1));

        assertThat(verdicts.get("rights.answered-within"))
                .isInstanceOfSatisfying(
                        Verdict.Broken.class,
                        broken -> assertThat(broken.findings())
                                .extracting(Finding::kind, Finding::count)
                                .containsExactly(org.assertj.core.groups.Tuple.tuple(Finding.Kind.ANSWERED_LATE, 2L)));
        assertThat(verdicts.get("rights.access").kind()).isEqualTo(Verdict.Kind.KEPT);
    }

    @Test
    void what_was_answered_in_time_keeps_both_with_figures() {
        Map<String, Verdict> verdicts = verdicts(figures(Map.of("access", new Answers(7, 0, 2, 0, 1)), 3));

        assertThat(verdicts.get("rights.answered-within"))
                .isInstanceOfSatisfying(
                        Verdict.Kept.class,
                        kept -> assertThat(kept.seen().getFirst().toString())
                                .contains(
                                        "7",
                                        "half of them within 4 days",
                                        "the slowest after 19 days",
                                        "2 are open, in time"));
        assertThat(verdicts.get("rights.access"))
                .isInstanceOfSatisfying(
                        Verdict.Kept.class,
                        kept -> assertThat(kept.seen().getFirst().toString())
                                .contains("1 of them by a refusal with its ground"));
        assertThat(verdicts.get("rights.form").kind()).isEqualTo(Verdict.Kind.KEPT);
    }

    @Test
    void where_nobody_has_asked_nothing_is_shown() {
        Map<String, Verdict> verdicts = verdicts(figures(Map.of(), 0));

        assertThat(verdicts).doesNotContainKey("rights.erase").hasSize(3);
        assertThat(verdicts.values()).extracting(Verdict::kind).containsOnly(Verdict.Kind.NOT_SHOWN);
    }
}
