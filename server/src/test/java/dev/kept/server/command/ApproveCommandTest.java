package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.command.Company.Said;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.Approvals;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Account;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep that takes a large share of a table, and the second person who says yes to it. */
class ApproveCommandTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name. {#collects.name} Accounts. {#uses.account} At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, name text, opened timestamptz NOT NULL);
            INSERT INTO customers SELECT i, 'Name ' || i, now() - interval '400 days' FROM generate_series(1, 150) i;
            INSERT INTO customers SELECT i, 'Name ' || i, now() - interval '300 days' FROM generate_series(151, 300) i;
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id}}
              uses: [account]
              events: {account.opened: opened}
              columns: {name: name, opened: not-personal}
            """;

    private static final Pattern RUN = Pattern.compile("run ([0-9a-f-]{36})");

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        company.store("shop", SHOP, MAP);
    }

    @AfterEach
    void close() {
        company.close();
    }

    private String waits(String... sweep) {
        Said said = company.kept(sweep);
        assertThat(said.exit()).isEqualTo(ExitCode.WAITS_FOR_APPROVAL);
        Matcher run = RUN.matcher(said.out());
        assertThat(run.find()).isTrue();
        assertThat(customers()).isEqualTo("300");
        return run.group(1);
    }

    private String waits() {
        return waits("sweep", "--operator", "Anna Berg");
    }

    private Said approve(String run, String operator) {
        return company.kept("approve", run, "--operator", operator);
    }

    private String customers() {
        return company.rows("shop", "SELECT count(*)::text FROM customers").getFirst();
    }

    private void state(String change) {
        company.state().execute(change);
    }

    @Test
    void another_operators_yes_lets_it_go_on_once() {
        String run = waits();
        assertThat(approve(run, "Ben").exit()).isZero();

        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(customers()).isEqualTo("150");
        Said again = approve(run, "Cleo");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("no run").contains("waits for approval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna Berg", " anna berg", "ANNA  BERG", "Ａnna Berg"})
    void who_started_it_cannot_approve_it_however_the_name_is_written(String name) {
        String run = waits();

        assertThat(approve(run, name).err()).contains("who started a sweep cannot approve it");
        waits("sweep");
    }

    @Test
    void a_sweep_that_nobody_started_by_name_cannot_be_approved_and_waits_anew_in_a_name() {
        String run = waits("sweep");
        assertThat(company.kept("sweep").out()).contains(run).contains("nobody is named", "kept sweep --operator NAME");

        Said said = approve(run, "Anna");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("nobody is named who started this sweep");
        waits("sweep");

        String named = waits("sweep", "--operator", "Anna");
        assertThat(named).isNotEqualTo(run);
        assertThat(approve(run, "Ben").err()).contains("waits for approval");
        assertThat(approve(named, "Anna").err()).contains("who started a sweep cannot approve it");
        assertThat(approve(named, "Ben").exit()).isZero();
        assertThat(company.kept("sweep").exit()).isZero();
        assertThat(customers()).isEqualTo("150");
    }

    private static final Account ANN = new Account("https://id.mill.example", "f1");

    private static final Account NAMESAKE = new Account("https://id.mill.example", "g2");

    /** A sweep that waits, started by somebody whom a sign-in provider knows as well. */
    private UUID startedByAnn(Home home) {
        BoundStore shop = home.store(Optional.of("shop"));
        LiveStore live = LiveStore.open(home, shop);
        Outcome waits = new RunService(home.state(), home.clock(), FaultPoints.NONE)
                .sweep(
                        live,
                        new Operator("Ann Lee", Optional.of(ANN), "started a sweep"),
                        10,
                        RunOptions.defaults(),
                        RunWatch.NONE);
        assertThat(waits.state()).isEqualTo(RunState.WAITING);
        return waits.run();
    }

    @Test
    void who_is_who_an_account_says_and_not_a_name_that_two_share_or_one_changes() {
        try (Home home = Home.obeyed(folder, new Environment(Map.of()), InstantSource.system())) {
            State state = home.state();
            UUID run = startedByAnn(home);

            assertThatThrownBy(() -> Approvals.approve(
                            state, run, List.of("Ann Married-Name", "f1"), Optional.of(ANN), "officer"))
                    .hasMessageContaining("who started a sweep cannot approve it");
            assertThatThrownBy(() -> Approvals.approve(state, run, List.of("ann  LEE"), Optional.empty(), "officer"))
                    .hasMessageContaining("who started a sweep cannot approve it");
            Account elsewhere = new Account("https://other.example", "x");
            assertThatThrownBy(() -> Approvals.approve(
                            state, run, List.of("Somebody", "Ann Lee"), Optional.of(elsewhere), "officer"))
                    .hasMessageContaining("who started a sweep cannot approve it");

            Approvals.approve(state, run, List.of("Ann Lee", "g2"), Optional.of(NAMESAKE), "officer");
            String approver = Company.rows(company.state(), "SELECT actor_commitment FROM kept.approval")
                    .getFirst();
            assertThat(state.privateLog().who(approver)).contains(new PrivateLog.Who("Ann Lee", Optional.of(NAMESAKE)));
            assertThat(Company.rows(company.state(), "SELECT string_agg(entry::text, ' ') FROM kept.journal")
                            .getFirst())
                    .doesNotContain("Ann", "id.mill.example", "\"f1\"", "\"g2\"");
        }
    }

    @Test
    void a_yes_ends_after_a_day_and_can_be_said_again() {
        String run = waits();
        approve(run, "Ben");
        state("UPDATE kept.approval SET expires_at = now() - interval '1 second'");

        assertThat(waits("sweep")).isEqualTo(run);

        assertThat(approve(run, "Ben").exit()).isZero();
        assertThat(company.kept("sweep").exit()).isZero();
        assertThat(customers()).isEqualTo("150");
    }

    @Test
    void a_yes_twice_is_a_yes_and_both_are_in_the_journal() {
        String run = waits();
        assertThat(approve(run, "Ben").exit()).isZero();
        assertThat(approve(run, "Cleo").exit()).isZero();

        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(customers()).isEqualTo("150");
        assertThat(Company.rows(company.state(), "SELECT kind FROM kept.journal ORDER BY seq"))
                .containsExactly("sweep-waits", "sweep-approved", "sweep-approved", "sweep");
    }

    @Test
    void a_yes_is_to_one_plan_and_void_once_the_notice_says_something_else() throws IOException {
        String run = waits();
        approve(run, "Ben");
        Files.writeString(folder.resolve("notice.yaml"), NOTICE.replace("for: 1 year", "for: 6 months"));

        String another = waits("sweep", "--operator", "Anna Berg");

        assertThat(another).isNotEqualTo(run);
        assertThat(approve(run, "Ben").err()).contains("waits for approval");
        assertThat(Company.rows(company.state(), "SELECT state FROM kept.run ORDER BY started_at"))
                .containsExactly("abandoned", "waiting");
    }

    @Test
    void a_yes_is_to_one_moment_and_takes_nothing_that_ended_later() {
        String run = waits();
        state("UPDATE kept.run SET as_of = as_of - interval '10 days'");
        approve(run, "Ben");
        state("UPDATE kept.run SET as_of = as_of + interval '10 days'");
        assertThat(waits("sweep")).isEqualTo(run);

        approve(run, "Ben");
        String moment = Company.rows(company.state(), "SELECT as_of::text FROM kept.run")
                .getFirst();
        company.database("shop")
                .execute(
                        "UPDATE customers SET opened = ('" + moment + "'::timestamptz AT TIME ZONE 'Europe/Berlin'"
                                + " - interval '1 year') AT TIME ZONE 'Europe/Berlin' + interval '1 millisecond' WHERE id = 300");
        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(company.rows("shop", "SELECT id::text FROM customers WHERE id = 300"))
                .isEqualTo(List.of("300"));
    }
}
