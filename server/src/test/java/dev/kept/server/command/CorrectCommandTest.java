package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.command.Company.Said;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.inform.Informed;
import dev.kept.server.request.Corrections;
import dev.kept.server.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class CorrectCommandTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
            shares:
              mailer: {kind: processor, uses: [account], data: [email], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, correct: {}}
            """;

    private static final String PROSE = """
            ---
            words: {contract.ended: the contract ends}
            ---
            We hold your name and your address. {#collects.name collects.email}

            Accounts. {#uses.account} A mailer sends for us. {#shares.mailer}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.correct}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text, opened timestamptz NOT NULL);
            CREATE TABLE notes (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, who text);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() FROM generate_series(1, 3) i;
            INSERT INTO notes VALUES (1, 1, 'name 1'), (2, 2, 'Name 1');
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, name: name, opened: not-personal}
            notes: {belongs-to: {of: {person: customer, via: customer_id}}, uses: [account], columns: {who: name}}
            """;

    CorrectCommandTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    private Said correct(String request, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("request.txt"), request);
        String[] all = new String[more.length + 7];
        System.arraycopy(
                new String[] {"correct", "--operator", "Olga", "--checked", "by letter", "--request", file.toString()},
                0,
                all,
                0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return company.kept(all);
    }

    @Test
    void a_correction_says_what_changed_where_the_old_value_is_left_and_whom_to_tell() throws IOException {
        Said said =
                correct("person: {email: C1@example.org}\nset: {customers: {name: Berta, email: berta@example.org}}");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).as("somebody has to tell the mailer").isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out())
                .contains("customers.name", "customers.email", "notes.who", "mailer", "--everywhere")
                .contains("by hand, until", "names no way", "close the task")
                .doesNotContainIgnoringCase("berta")
                .doesNotContainIgnoringCase("c1@");
        assertThat(company.rows("shop", "SELECT c::text FROM (SELECT id, email, name FROM customers ORDER BY id) c"))
                .containsExactly(
                        "(1,berta@example.org,Berta)",
                        "(2,c2@example.org,\"Name 2\")",
                        "(3,c3@example.org,\"Name 3\")");
        Said again = correct("person: {email: berta@example.org}\nset: {notes: {who: Berta}}", "--json");
        assertThat(again.exit()).isZero();
        assertThat(again.out())
                .startsWith("{")
                .contains("\"state\":\"done\"", "\"notes\"")
                .doesNotContain("Berta");
        assertThat(company.rows("shop", "SELECT who FROM notes ORDER BY id")).containsExactly("Berta", "Name 1");
    }

    @Test
    void a_dry_run_changes_nothing() throws IOException {
        Said said = correct("person: {customer: 1}\nset: {customers: {name: Berta}}", "--dry-run", "--everywhere");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("would change", "notes.who");
        assertThat(company.rows("shop", "SELECT name FROM customers WHERE id = 1"))
                .containsExactly("Name 1");
    }

    @Test
    void what_is_refused_says_why_and_exits_with_one() throws IOException {
        Said said =
                correct("person: {customer: 1}\nset: {customers: {email: \" C2@Example.org\", opened: 2020-01-01}}");
        assertThat(said.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out())
                .contains("[taken]", "[not-personal]", "request.txt:2:", "Nothing was changed.")
                .doesNotContainIgnoringCase("c2@");
        assertThat(company.rows("shop", "SELECT email FROM customers WHERE id = 1"))
                .containsExactly("c1@example.org");
        Said unread = correct("person: Anna\nset: {", "--json");
        assertThat(unread.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(unread.out()).contains("\"state\":\"refused\"").doesNotContain("Anna");
    }

    @Test
    void without_operator_and_check_of_identity_nothing_is_done() throws IOException {
        Path file = Files.writeString(
                folder.resolve("request.txt"), "person: {customer: 1}\nset: {customers: {name: Berta}}");
        assertThat(company.kept("correct", "--operator", "Olga", "--request", file.toString())
                        .exit())
                .isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(company.kept("correct", "--operator", "Olga", "--checked", " ", "--request", file.toString())
                        .exit())
                .isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(company.rows("shop", "SELECT name FROM customers WHERE id = 1"))
                .containsExactly("Name 1");
    }

    private List<String> informings() {
        return Company.rows(
                company.state(),
                "select recipient || ' ' || done || ' ' || way || ' ' || state from kept.informing order by made_at");
    }

    @Test
    void recipients_are_told_by_what_she_was_known_by_and_once() throws IOException {
        Path kept = folder.resolve("kept.yaml");
        Files.writeString(
                kept,
                Files.readString(kept)
                        + "recipients: {mailer: {mail: privacy@mailer.example}}\nmail: {smtp: smtp://127.0.0.1:1, from: kept@mill.example}\n");

        Said said = correct("person: {customer: 1}\nset: {customers: {email: berta@example.org}}", "--json");

        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("\"share\":\"shares.mailer\"", "\"way\":\"mail\"", "\"state\":\"waiting\"")
                .doesNotContain("berta", "c1@");
        assertThat(informings()).containsExactly("mailer rectification mail waiting");
        try (State state = State.open(
                company.state().jdbcUrl(),
                company.state().user(),
                company.state().password(),
                Instant::now)) {
            UUID run = UUID.fromString(Company.rows(company.state(), "select request::text from kept.informing")
                    .getFirst());
            Informed informed = new Informed(state);
            assertThat(informed.knownBy(informed.of(run).getFirst().id())).contains(Map.of("email", "c1@example.org"));
        }
        assertThat(Company.rows(company.state(), "select count(*)::text from kept.correction_key"))
                .containsExactly("0");
        correct("person: {customer: 1}\nset: {customers: {name: Berta}}");
        assertThat(informings()).as("names the mailer never received").hasSize(1);
    }

    @Test
    void a_mail_that_nobody_sends_is_said() throws IOException {
        Path kept = folder.resolve("kept.yaml");
        Files.writeString(kept, Files.readString(kept) + "recipients: {mailer: {mail: privacy@mailer.example}}\n");

        Said said = correct("person: {customer: 1}\nset: {customers: {email: berta@example.org}}");

        assertThat(said.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out()).contains("names no mail server");
    }

    @Test
    void what_is_refused_or_only_looked_at_is_told_to_nobody() throws IOException {
        correct("person: {customer: 1}\nset: {customers: {email: berta@example.org}}", "--dry-run");
        correct("person: {customer: 1}\nset: {customers: {email: c2@example.org}}");

        assertThat(informings()).isEmpty();
    }

    private int step() {
        try (Home home = Home.obeyed(folder, new Environment(Map.of()), Instant::now)) {
            return new Corrections(home.state()).step(home);
        }
    }

    /** As after a kill between the run's end and the telling. */
    private void untell() {
        company.state().execute("delete from kept.informing; update kept.correction set told_at = null, sealed = null");
    }

    @Test
    void what_nobody_can_settle_is_somebodys_task_before_it_is_forgotten_and_holds_nothing_else_up()
            throws IOException {
        correct("person: {customer: 1}\nset: {customers: {name: Berta}}");
        untell();
        company.state().execute("update kept.run set state = 'failed' where kind = 'correct'");
        company.state()
                .execute(
                        "with stuck as (insert into kept.run select (jsonb_populate_record(run, jsonb_build_object('id',"
                                + " gen_random_uuid()))).* from kept.run, generate_series(1, 120) where kind = 'correct' returning id)"
                                + " insert into kept.correction (run, store, made_at) select id, 'shop', now() - interval '1 day' from stuck");
        assertThat(step()).isZero();
        assertThat(informings()).isEmpty();

        correct("person: {customer: 2}\nset: {customers: {email: berta@example.org}}");
        assertThat(informings()).as("a newer one is told").containsExactly("mailer rectification by-hand task");

        company.state()
                .execute(
                        "update kept.correction set made_at = now() - interval '31 days' where run in (select run from kept.correction"
                                + " where told_at is null limit 1)");
        assertThat(step()).isOne();
        assertThat(Company.rows(company.state(), "select reason from kept.informing order by made_at"))
                .containsExactly("no-way", "not-known-what");
    }

    @Test
    void of_a_store_that_has_left_the_map_somebody_sees_who_is_to_be_told() throws IOException {
        correct("person: {customer: 1}\nset: {customers: {name: Berta}}");
        untell();
        company.state().execute("update kept.correction set store = 'gone'");

        assertThat(step()).isOne();

        assertThat(Company.rows(company.state(), "select recipient || ' ' || reason from kept.informing"))
                .containsExactly("mailer not-known-what");
    }

    @Test
    void a_correction_that_stands_is_said_although_telling_fails() throws IOException {
        correct("person: {customer: 2}\nset: {customers: {name: Berta}}");
        company.state()
                .execute("create function kept.fails() returns trigger language plpgsql as $$"
                        + " begin raise exception 'no'; end $$; create trigger fails before insert on kept.informing for each row"
                        + " execute function kept.fails()");

        Said said = correct("person: {customer: 1}\nset: {customers: {email: berta@example.org}}");

        assertThat(said.exit()).isNotEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("Corrected", "customers.email", "is told later");
        company.state().execute("drop trigger fails on kept.informing");
        assertThat(step()).isOne();
        assertThat(informings()).hasSize(1);
    }

    @Test
    void one_of_which_nobody_can_be_told_keeps_none_of_the_others_waiting() throws IOException {
        for (int customer = 1; customer <= 3; customer++) {
            correct("person: {customer: " + customer + "}\nset: {customers: {name: Berta}}");
        }
        untell();
        company.state()
                .execute("create function kept.fails() returns trigger language plpgsql as $$"
                        + " begin if new.request = (select run from kept.correction order by made_at limit 1) then"
                        + " raise exception 'no'; end if; return new; end $$; create trigger fails before insert on kept.informing"
                        + " for each row execute function kept.fails(); update kept.correction set store = 'gone'");

        assertThatThrownBy(this::step).isInstanceOf(JdbiException.class);

        assertThat(informings()).as("the other two").hasSize(2);
        company.state().execute("drop trigger fails on kept.informing");
        assertThat(step()).isOne();
        assertThat(informings()).hasSize(3);
    }

    @Test
    void who_is_told_is_told_once_also_where_the_command_broke_off_before() throws Exception {
        correct("person: {customer: 1}\nset: {customers: {email: berta@example.org}}");
        company.state()
                .execute("delete from kept.informing; update kept.correction set told_at = null, sealed = null"); // as
        // after a kill between the run's end and this
        try (Home home = Home.obeyed(folder, new Environment(Map.of()), Instant::now);
                ExecutorService processes = Executors.newFixedThreadPool(6)) {
            home.state();
            List<Callable<Integer>> all = Collections.nCopies(6, () -> new Corrections(home.state()).step(home));
            int told = 0;
            for (var done : processes.invokeAll(all)) {
                told += done.get();
            }
            assertThat(told).isEqualTo(1);
        }
        assertThat(informings()).containsExactly("mailer rectification by-hand task");
    }
}
