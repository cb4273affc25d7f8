package dev.kept.core.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeReaderTest {

    private static Notice example() {
        Reading<Notice> reading = NoticeReader.read(Documents.good("notice.yaml"));
        assertThat(reading.problems()).isEmpty();
        return reading.value().orElseThrow();
    }

    private static Use use(String id) {
        return Optional.ofNullable(example().uses().get(id)).orElseThrow();
    }

    @Test
    void the_example_of_the_format_reads_without_problems() {
        Notice notice = example();
        assertThat(notice.name()).isEqualTo("larkfield");
        assertThat(notice.uses().keySet())
                .containsExactly("account", "orders", "newsletter", "ads", "statistics", "accounting");
        assertThat(notice.never()).containsExactly("sale", "rent");
    }

    @Test
    void a_use_is_read_with_everything_it_says() {
        Use account = use("account");
        assertThat(account.path()).isEqualTo("uses.account");
        assertThat(account.data()).isEqualTo(Set.of("name", "email", "username", "password"));
        assertThat(account.ends())
                .containsExactly(
                        new End.Clause(List.of("account.closed"), new Span(30, Span.Unit.DAY), false, false),
                        new End.Clause(
                                List.of("account.last-seen", "account.opened"),
                                new Span(2, Span.Unit.YEAR),
                                false,
                                true));
        assertThat(account.whiles()).containsExactly("order.open");
    }

    @Test
    void a_duty_of_law_is_a_use_that_no_request_ends() {
        Use accounting = use("accounting");
        assertThat(accounting.path()).isEqualTo("keeps.beyond.accounting");
        assertThat(accounting.basis()).isEqualTo(LegalBasis.LEGAL_OBLIGATION);
        assertThat(accounting.onRequest()).isEqualTo(OnRequest.NEVER);
        assertThat(accounting.law()).contains("Commercial Code §257");
    }

    @Test
    void places_name_keys_of_rules() {
        Reading<Notice> reading = NoticeReader.read(Documents.good("notice.yaml"));
        assertThat(reading.places().at("uses", "account", "ends").line()).isEqualTo(22);
        assertThat(reading.places().at("uses", "account", "no-such-thing").line())
                .isEqualTo(17);
    }

    @Test
    void the_bound_says_its_chain() {
        Reading<Notice> reading = NoticeReader.read(new SourceText(
                "notice.yaml",
                Documents.good("notice.yaml")
                        .text()
                        .replace("for: 2 years, renews: true}\n    on", "for: 3 years, renews: true}\n    on")));
        assertThat(reading.value()).isEmpty();
        assertThat(reading.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "`uses.account` may last longer than 2 years: `account.closed` may never come; `account.last-seen` + 3 years");
    }

    @Test
    void a_draft_has_a_value_where_reading_has_none_and_the_same_problems() {
        SourceText misspelt = new SourceText(
                "notice.yaml",
                Documents.good("notice.yaml").text().replace("data: [name, address,", "data: [name, adress,"));
        Reading<Notice> reading = NoticeReader.read(misspelt);
        Reading<Notice> draft = NoticeReader.draft(misspelt);
        assertThat(reading.value()).isEmpty();
        assertThat(draft.problems()).isEqualTo(reading.problems()).hasSize(1);
        assertThat(draft.value().orElseThrow().uses().values().stream().flatMap(use -> use.data().stream()))
                .as("a misspelt name is taken for what it was meant to be")
                .contains("address");
    }

    @Test
    void a_notice_without_contact_is_reached_at_its_controller() {
        Reading<Notice> reading = NoticeReader.read(new SourceText(
                "notice.yaml", Documents.good("notice.yaml").text().replaceFirst("(?m)^contact: .*$", "")));
        assertThat(reading.value().orElseThrow().contact())
                .isEqualTo(new Notice.Contact("privacy@larkfield.example", "1 Mill Lane, Larkfield"));
    }
}
