package dev.kept.core.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CaseRunnerTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BoundStore SHOP = shop();

    @Test
    void cases_that_hold_raise_no_problem() {
        assertThat(problems("passing.yaml")).isEmpty();
    }

    @Test
    void each_difference_stands_at_its_place_and_says_both_sides() {
        assertThat(problems("failing.yaml"))
                .containsExactly(
                        "11:18 case `rows differ`: `orders.ship_to` of the row (id: `10`) | `Mill Lane 1` | NULL",
                        "12:9 case `rows differ`: rows of `orders` | the row (id: `11`) | it is not left",
                        "13:7 case `rows differ`: rows of `customers` | none | the row (id: `1`) is left",
                        "20:13 case `answers differ`: what stays | `customers` for `account` on ground `contract-open`"
                                + " | nothing of it",
                        "21:11 case `answers differ`: may `newsletter` use `email` of `customer: 1` | yes"
                                + " | no, since at `customers` it has ended, never began, or waits for consent to be given again",
                        "22:65 case `answers differ`: when `customers.email` of the row (id: `1`) is forgotten"
                                + " | on 2027-01-01 | on 2026-06-01",
                        "29:45 case `things stay`: what stays | nothing"
                                + " | `orders` for `accounting` on ground `legal-obligation` until 2036-01-01",
                        "29:45 case `things stay`: what stays | nothing | `customers` on ground `needed-by-what-stays`");
    }

    @Test
    void what_cannot_be_run_is_said_all_at_once_with_suggestions() {
        Reading<List<Case>> reading = read("unusable.yaml");
        List<Problem> all = new ArrayList<>(reading.problems());
        all.addAll(new CaseRunner(Map.of("shop", SHOP)).run(reading.value().orElseThrow(), reading.places()));
        assertThat(all.stream().map(problem -> problem.message() + " | " + problem.attempt()))
                .contains(
                        "case `no such things`: the store has no table `custmers` | did you mean `customers`?",
                        "case `no such things`: `customers` has no column `emial` | did you mean `email`?",
                        "case `no such things`: `customers.id` cannot hold what is written here: it is `bigint`"
                                + " | write the value as the database prints it",
                        "case `no such things`: `customers.created_at` is never NULL in the store and decides what happens"
                                + " to the row | give it a value",
                        "case `no such things`: `orders_customer_id_fkey` of `orders` does not hold for this row"
                                + " | give the row it refers to, or another key",
                        "case `no such things`: the store knows no person of kind `custmer` | did you mean `customer`?",
                        "case `no such things`: the notice has no use `newsleter` | did you mean `newsletter`?",
                        "case `no such things`: a key of `customers` has 1 parts: id | write them as a list",
                        "case `no such store`: there is no store `shpo` | did you mean `shop`?",
                        "case `no such answers`: the store has no table `ordres` | did you mean `orders`?",
                        "case `no such answers`: the notice has no use `newsletters` | did you mean `newsletter`?",
                        "case `no such answers`: 0 given rows of `customers` are meant by `row`"
                                + " | name the columns that tell which one it is",
                        "case `no such answers`: the row holds nothing in `email` that could be forgotten | give it a value",
                        "`tomorrow` is not a time | write `2027-06-01T00:00:00Z`, or a date",
                        "`cases.3.expect.stays.0.ground` cannot be `because` | write one of `awaits-review`, `contract-open`,"
                                + " `dates-what-stays`, `frozen`, `legal-obligation`, `needed-by-what-stays`,"
                                + " `not-known-ended`, `rights-of-others`");
    }

    private static List<String> problems(String file) {
        Reading<List<Case>> reading = read(file);
        assertThat(reading.problems()).isEmpty();
        return new CaseRunner(Map.of("shop", SHOP))
                .run(reading.value().orElseThrow(), reading.places()).stream()
                        .map(problem -> problem.place().line() + ":"
                                + problem.place().column() + " " + problem.message()
                                + problem.difference()
                                        .map(difference -> " | " + difference.expected() + " | " + difference.found())
                                        .orElse(""))
                        .toList();
    }

    private static Reading<List<Case>> read(String file) {
        return CaseReader.read(text(file), BERLIN);
    }

    private static BoundStore shop() {
        Notice notice = value(NoticeReader.read(text("notice.yaml")));
        Reading<Store> map = MapReader.read(text("shop.yaml"), BERLIN);
        Catalogue catalogue = value(CatalogueFile.read(text("shop.catalogue.yaml")));
        return value(Binder.bind(notice, value(map), catalogue, map.places()));
    }

    private static <T> T value(Reading<T> reading) {
        return reading.value()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    private static SourceText text(String name) {
        try (InputStream stream = Objects.requireNonNull(CaseRunnerTest.class.getResourceAsStream(name), name)) {
            return new SourceText(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
