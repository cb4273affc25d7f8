package dev.kept.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Obeyed;
import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.schedule.Schedule.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a second version of the notice, in effect from May 2026, changed a use: the schedule says for which data each end counts. */
class ScheduleOfVersionsTest {

    private static final PrivacyFolder FOLDER = PrivacyFolder.read(Path.of("../examples/larkfield/privacy"));
    private static final BoundStore SHOP =
            Objects.requireNonNull(FolderCheck.check(FOLDER.files()).stores().get("shop"));

    @Test
    void a_use_added_by_a_version_ends_at_once_only_for_what_is_older() {
        Map<String, Use> uses = new LinkedHashMap<>(SHOP.notice().uses());
        uses.remove("orders");
        assertThat(said(SHOP.notice().with(uses), List.of()))
                .allSatisfy(text -> assertThat(text)
                        .contains("years after order.placed (from 2026-05-01 on)")
                        .contains("at once with order.placed (if that was before 2026-05-01)"));
    }

    @Test
    void a_lengthened_use_says_for_which_data_the_shorter_period_counts() {
        Use now = Objects.requireNonNull(SHOP.notice().uses().get("orders"));
        End.Clause clause = now.clauses().getFirst();
        End shorter = new End.Clause(clause.events(), new Span(7, Span.Unit.DAY), clause.endOfYear(), clause.renews());
        assertThat(said(before(now.with(List.of(shorter), now.past())), List.of()))
                .allSatisfy(text -> assertThat(text)
                        .contains("years after order.placed (from 2026-05-01 on)")
                        .contains("7 days after order.placed (if that was before 2026-05-01)"));
    }

    @Test
    void a_suspended_consent_ends_only_where_it_was_given_before_and_not_again_in_time() {
        assertThat(said(SHOP.notice(), List.of("newsletter")))
                .allSatisfy(text -> assertThat(text)
                        .contains("at once with newsletter.given (if that was before 2026-05-01, from 2026-05-31 on)"));
    }

    @Test
    void a_category_that_joined_later_says_what_ends_it() {
        Use now = Objects.requireNonNull(SHOP.notice().uses().get("orders"));
        Set<String> fewer = new LinkedHashSet<>(now.data());
        String joined = now.data().stream().reduce((first, last) -> last).orElseThrow();
        fewer.remove(joined);
        Use then = new Use(
                now.id(),
                now.path(),
                now.basis(),
                now.interest(),
                now.purposes(),
                fewer,
                now.begins(),
                now.ends(),
                now.onRequest(),
                now.whiles(),
                now.directMarketing(),
                now.anonymisedAtLeast(),
                now.law());
        assertThat(said(before(then), List.of()))
                .allSatisfy(
                        text -> assertThat(text)
                                .contains(
                                        "for " + joined
                                                + ", which joined later, also at once with order.placed (if that was before 2026-05-01)"));
    }

    @Test
    void the_page_says_that_not_every_end_counts_for_all_data() {
        assertThat(page(SHOP)).contains("of those that count for the data, the earliest counts");
    }

    @Test
    void the_law_is_cited_in_the_notices_own_words() {
        assertThat(SchedulePage.of(SHOP, plan(SHOP), Optional.of(words("de"))))
                .contains(words("de").own("keeps.beyond.accounting.law", "not said"))
                .doesNotContain("not said", "German Commercial Code");
    }

    private static Phrases words(String language) {
        return FOLDER.prose(SHOP.notice()).stream()
                .filter(prose -> prose.language().equals(language))
                .map(Prose::phrases)
                .findFirst()
                .orElseThrow();
    }

    private static Notice before(Use then) {
        Map<String, Use> uses = new LinkedHashMap<>(SHOP.notice().uses());
        uses.put(then.id(), then);
        return SHOP.notice().with(uses);
    }

    /** The page, and the sentences, under today's notice with an earlier version before it. */
    private static List<String> said(Notice earlier, List<String> suspends) {
        BoundStore store = SHOP.with(Obeyed.rules(
                SHOP.notice(),
                List.of(
                        published(1, "2025-01-01", earlier, List.of()),
                        published(2, "2026-05-01", SHOP.notice(), suspends)),
                Optional.empty()));
        String sentences = plan(store)
                .tables()
                .flatMap(table -> Schedule.of(store, table).stream())
                .map(Line::text)
                .reduce("", (all, line) -> all + "\n" + line);
        return List.of(page(store), sentences);
    }

    private static String page(BoundStore store) {
        return SchedulePage.of(store, plan(store), Optional.of(words("en")));
    }

    private static Plan plan(BoundStore store) {
        AsOf asOf = new AsOf(
                Instant.parse("2026-06-01T00:00:00Z"),
                store.notice().controller().zone());
        return Planner.plan(store, asOf, Facts.NONE, new Scope.Everybody());
    }

    private static Published published(int number, String day, Notice notice, List<String> suspends) {
        LocalDate effective = LocalDate.parse(day);
        return new Published(
                new Version(
                        number,
                        effective,
                        effective,
                        Optional.empty(),
                        Map.of(),
                        List.of("en"),
                        Version.DEFAULT_ASKS_WITHIN,
                        suspends,
                        Map.of(),
                        Map.of(),
                        List.of()),
                "",
                notice);
    }
}
