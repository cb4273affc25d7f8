package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.run.Corrected.Fate;
import dev.kept.server.state.Run;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A correction that breaks off is never carried on: what became of it is found out, said, and recorded once. */
class CorrectionCrashTest {

    private static final CorrectionShop SHOP = new CorrectionShop("""
            create table accounts (email text primary key, name text, joined timestamptz not null default now());
            insert into accounts (email, name) values ('anna@example.org', 'Anna'), ('bob@example.org', 'Bob');
            """, """
            accounts:
              person: {account: {key: email, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: joined}
              columns: {email: email, name: name}
            """);

    private static final String REQUEST =
            "person: {email: anna@example.org}\nset: {accounts: {email: anna@neu.example}}";

    private final CorrectionShop shop = SHOP.reset();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    /** As if the process had ended there. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private static FaultPoints killedAt(Point point) {
        return reached -> {
            if (reached == point) {
                throw new Killed();
            }
        };
    }

    private void kill(Point point) {
        assertThatThrownBy(() -> shop.service(killedAt(point))
                        .correct(shop.live(), CorrectionShop.request(REQUEST), CorrectionShop.OPERATOR, false))
                .isInstanceOf(Killed.class);
    }

    private boolean carriedOut() {
        return shop.rows("select name from accounts where email = 'anna@neu.example'")
                .equals(List.of("Anna"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "STORE_LOCKED",
                "BATCH_BEGUN",
                "ROWS_LOCKED",
                "TRANSACTION_NUMBERED",
                "PENDING_NOTED",
                "COMMITTED",
                "APPLIED_NOTED"
            },
            mode = Mode.INCLUDE)
    void the_next_correction_says_what_became_of_one_that_broke_off(Point point) {
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add(
                                "shop",
                                "account",
                                List.of("anna@example.org"),
                                new What.Ended("account"),
                                UUID.randomUUID())));
        kill(point);
        boolean carriedOut = carriedOut();
        assertThat(carriedOut).isEqualTo(point == Point.COMMITTED || point == Point.APPLIED_NOTED);
        List<Run> open = shop.state().runs().unfinished("shop");
        Corrected next = shop.correct("person: {email: bob@example.org}\nset: {accounts: {name: Robert}}");
        assertThat(next.state()).isEqualTo(Corrected.State.DONE);
        assertThat(next.earlier())
                .hasSameSizeAs(open)
                .allMatch(earlier -> earlier.fate() == (carriedOut ? Fate.CARRIED_OUT : Fate.NOT_CARRIED_OUT));
        assertThat(carriedOut()).isEqualTo(carriedOut);
        assertThat(shop.state().runs().unfinished("shop")).isEmpty();
        assertThat(shop.keptRows("select count(*) from kept.run where identifiers is not null or run_key is not null"))
                .containsExactly("0");
        assertThat(shop.keptRows("select person_key from kept.person_fact"))
                .containsExactly(carriedOut ? "{anna@neu.example}" : "{anna@example.org}");
        for (Run run : open) {
            assertThat(shop.state().journal().of(run.id()))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.json())
                            .contains(carriedOut ? "\"accounts.email\":1" : "\"outcome\":\"abandoned\"")
                            .doesNotContain("anna@"));
        }
        assertThat(shop.correct("person: {email: bob@example.org}\nset: {accounts: {name: Bert}}")
                        .earlier())
                .isEmpty();
    }

    @Test
    void an_erasure_or_sweep_that_finds_a_broken_correction_does_not_take_it_for_one_of_its_own() {
        kill(Point.PENDING_NOTED);
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        runs.sweep(shop.live(), Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
        assertThat(shop.rows("select email, name from accounts order by 1"))
                .containsExactly("anna@example.org|Anna", "bob@example.org|Bob");
        assertThat(shop.keptRows("select kind, state from kept.run order by started_at"))
                .containsExactly("correct|abandoned", "sweep|done");
    }
}
