package dev.kept.core.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a use on consent may still read once a version asks for the consent again: semantics.md section 9. */
class SuspendedConsentsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate ASKED = LocalDate.parse("2027-01-01");

    private static final String NOTICE = """
            notice: mill
            languages: [en]
            controller: {name: Mill, email: privacy@mill.example, post: here, zone: Europe/Berlin}
            collects: {email: {from: you, is: pd:EmailAddress}}
            uses: {letter: {basis: consent, data: [email], ends: [{after: letter.sent, for: 2 years}]}}
            keeps: {then: {rows: delete, backups: isolate}}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@mill.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String MAP = """
            store: shop
            database: ${SHOP_URL}
            zone: Europe/Berlin
            tables:
              readers:
                person: {reader: {key: id}}
                uses: [letter]
                events: {letter.sent: sent}
                facts: {letter: FACTS}
                columns: {email: email, sent: not-personal, given: not-personal, status: not-personal}
            """;

    private static final String CATALOGUE = """
            product: PostgreSQL 18.0
            tables:
              readers:
                columns:
                  id: {type: bigint, not-null: true}
                  email: {type: text}
                  sent: {type: date, not-null: true}
                  given: {type: date}
                  status: {type: text}
                primary-key: [id]
            """;

    @Test
    void a_consent_given_before_is_refused_from_the_day_on_until_it_is_given_again() {
        assertThat(answers("{given: given}", "2026-06-01", "2026-12-31", "yes")).isEmpty();
        assertThat(answers("{given: given}", "2026-06-01", "2027-01-01", "no")).isEmpty();
        assertThat(answers("{given: given}", "2027-01-01", "2027-01-02", "yes")).isEmpty();
    }

    @Test
    void where_no_column_says_since_when_it_is_not_known_whether_it_was_given_since() {
        assertThat(answers("{state: {status: [yes]}}", "2026-06-01", "2026-12-31", "yes"))
                .isEmpty();
        assertThat(answers("{state: {status: [yes]}}", "2026-06-01", "2027-01-01", "unknown"))
                .isEmpty();
    }

    private static List<String> answers(String facts, String given, String at, String answer) {
        Reading<List<Case>> cases =
                CaseReader.read(new SourceText("cases/letter.yaml", """
                cases:
                  - name: the letter
                    store: shop
                    at: %s
                    given:
                      readers: [{id: 1, email: a@mill.example, sent: 2026-11-01, given: %s, status: 'yes'}]
                    expect:
                      may: [{use: letter, data: email, person: {reader: 1}, answer: %s}]
                """.formatted(at, given, answer)), BERLIN);
        return new CaseRunner(Map.of("shop", shop(facts.replace("yes", "'yes'"))))
                .run(value(cases), cases.places()).stream()
                        .map(Problem::toString)
                        .toList();
    }

    private static BoundStore shop(String facts) {
        Notice notice = value(NoticeReader.draft(new SourceText("notice.yaml", NOTICE)));
        Map<String, Use> uses = new LinkedHashMap<>();
        notice.uses()
                .forEach((id, use) ->
                        uses.put(id, use.with(use.ends(), new Use.Past(List.of(), Map.of(), List.of(ASKED)))));
        var map = MapReader.read(new SourceText("shop.yaml", MAP.replace("FACTS", facts)), BERLIN);
        var catalogue = CatalogueFile.read(new SourceText("shop.catalogue.yaml", CATALOGUE));
        return value(Binder.bind(notice.with(uses), value(map), value(catalogue), map.places()));
    }

    private static <T> T value(Reading<T> reading) {
        return reading.value()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }
}
