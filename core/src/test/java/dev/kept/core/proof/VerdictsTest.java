package dev.kept.core.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.Documents;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.Promise;
import dev.kept.core.notice.Promises;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.notice.prose.Sentence;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.source.SourceText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {

    private static final Notice NOTICE =
            NoticeReader.read(Documents.good("notice.yaml")).value().orElseThrow();

    private static final Verdict KEPT = Verdict.kept(new Seen("shop", 3, "nothing is left"));

    private static final Verdict BROKEN = Verdict.broken(List.of(
            new Finding(Finding.Kind.ROWS_OVERDUE, Spot.of("shop"), 2, "2 rows are still there", "kept sweep")));

    private static final Verdict OPEN = Verdict.notShown(Unclear.of(Reason.UNKNOWN_ENDS, "it is not known", "look"));

    private static Verdict verdict(String word) {
        return switch (word) {
            case "kept" -> KEPT;
            case "broken" -> BROKEN;
            case "open" -> OPEN;
            default -> throw new IllegalArgumentException(word);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "kept kept, KEPT",
        "kept open, NOT_SHOWN",
        "kept broken, BROKEN",
        "open broken, BROKEN",
        "kept open broken, BROKEN",
        "'', NOT_SHOWN"
    })
    void broken_wins_then_not_shown_then_kept(String several, Verdict.Kind kind) {
        List<Verdict> verdicts = several.isEmpty()
                ? List.of()
                : List.of(several.split(" ")).stream()
                        .map(VerdictsTest::verdict)
                        .toList();

        Verdict all = Verdict.of(verdicts, Unclear.of(Reason.NOTHING_LOOKS, "nothing has looked", "look"));

        assertThat(all.kind()).isEqualTo(kind);
    }

    @Test
    void a_broken_promise_says_also_what_is_not_known() {
        Verdict all = Verdict.of(List.of(OPEN, BROKEN), Unclear.of(Reason.NOTHING_LOOKS, "nothing has looked", "look"));

        assertThat(Report.unclear(all)).extracting(Unclear::message).containsExactly("it is not known");
    }

    @Test
    void without_any_check_no_promise_is_kept_and_each_says_why_and_what_would_show_it() {
        Verdicts verdicts = new Verdicts(NOTICE, List.of());

        assertThat(verdicts.all()).isNotEmpty().allSatisfy((path, verdict) -> {
            assertThat(verdict.kind()).as(path).isEqualTo(Verdict.Kind.NOT_SHOWN);
            assertThat(Report.unclear(verdict)).as(path).allSatisfy(why -> {
                assertThat(why.message()).isNotBlank();
                assertThat(why.remedy()).isNotBlank();
            });
        });
        assertThat(verdicts.all().keySet())
                .containsAll(Promises.of(NOTICE).stream().map(Promise::path).toList());
    }

    @Test
    void a_use_is_as_its_ends_are_whatever_it_rests_on() {
        Verdicts verdicts = new Verdicts(NOTICE, List.of(new Check("uses.newsletter.ends", KEPT)));

        assertThat(verdicts.of("uses.newsletter").kind()).isEqualTo(Verdict.Kind.KEPT);
        assertThat(verdicts.of("uses.newsletter.basis").kind()).isEqualTo(Verdict.Kind.NOT_SHOWN);
    }

    @Test
    void one_broken_rule_breaks_its_chapter_and_no_other_rule() {
        Verdicts verdicts = new Verdicts(
                NOTICE, List.of(new Check("uses.newsletter.ends", BROKEN), new Check("uses.account.ends", KEPT)));

        assertThat(verdicts.of("uses").kind()).isEqualTo(Verdict.Kind.BROKEN);
        assertThat(verdicts.of("uses.account").kind()).isEqualTo(Verdict.Kind.KEPT);
        assertThat(verdicts.of("keeps").kind()).isEqualTo(Verdict.Kind.NOT_SHOWN);
    }

    @Test
    void what_is_kept_in_one_store_and_broken_in_another_is_broken() {
        Verdicts verdicts = new Verdicts(
                NOTICE, List.of(new Check("uses.newsletter.ends", KEPT), new Check("uses.newsletter.ends", BROKEN)));

        assertThat(verdicts.of("uses.newsletter").kind()).isEqualTo(Verdict.Kind.BROKEN);
    }

    @Test
    void a_check_of_a_rule_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> new Verdicts(NOTICE, List.of(new Check("uses.nothing", KEPT))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uses.nothing");
    }

    private static Prose prose(String markdown) {
        return ProseReader.read(new SourceText("notice.en.md", markdown), "en", NOTICE)
                .value()
                .orElseThrow();
    }

    @Test
    void what_is_kept_is_not_exceeded_where_it_is_permitted_and_duties_and_statements_have_no_verdict() {
        Prose text = prose(
                "We write. {#uses.newsletter} We may write. {#uses.newsletter may} Be true. {#uses.newsletter duty} So.");
        Verdicts verdicts = new Verdicts(NOTICE, List.of(new Check("uses.newsletter.ends", KEPT)));

        assertThat(text.sentences().map(verdicts::of).map(verdict -> verdict.map(Verdict::kind)))
                .containsExactly(
                        Optional.of(Verdict.Kind.KEPT),
                        Optional.of(Verdict.Kind.NOT_EXCEEDED),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void a_chapter_counts_only_where_a_sentence_spells_out_none_of_its_rules() {
        Prose text = prose("All of it. {#collects} Of you {{collects.email}}. {#collects}");

        List<Sentence> sentences = text.sentences().toList();

        assertThat(Verdicts.counted(sentences.get(0))).containsExactly("collects");
        assertThat(Verdicts.counted(sentences.get(1))).containsExactly("collects.email");
    }

    @Test
    void a_report_counts_sentences_and_knows_a_gap_from_a_failure() {
        Prose text = prose("We write. {#uses.newsletter}");
        Verdict silent = Verdict.notShown(Unclear.of(Reason.STORE_SILENT, "`shop` does not answer", "start it"));

        Report gap = report(text, OPEN);
        Report failure = report(text, silent);

        assertThat(gap.counts()).containsEntry(Verdict.Kind.NOT_SHOWN, 1L).containsEntry(Verdict.Kind.KEPT, 0L);
        assertThat(gap.failed()).isFalse();
        assertThat(failure.failed()).isTrue();
        assertThat(failure.broken()).isFalse();
    }

    private static Report report(Prose text, Verdict verdict) {
        return new Report(
                new UUID(0, 1),
                "shop",
                "",
                Instant.EPOCH,
                List.of(),
                new Verdicts(NOTICE, List.of(new Check("uses.newsletter.ends", verdict))),
                List.of(text));
    }
}
