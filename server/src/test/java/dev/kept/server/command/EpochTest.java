package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.access.Unpacked;
import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat without any foreign key whose times are whole numbers: of milliseconds, in one table of seconds, and 0 means that it never was. */
class EpochTest {

    private static final String NOTICE = """
            notice: chat
            controller: {name: The Chat, email: privacy@chat.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [chat.example], services: [chat]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              message: {from: you, is: pd:Communication}
            uses:
              account:
                basis: contract
                data: [name, email]
                ends: [{after: account.closed, for: 30 days}, {after: account.last-seen, else: account.opened, for: 2 years, renews: true}]
              news: {basis: consent, data: [email], ends: [{after: news.given, for: 2 years}]}
              talk: {basis: contract, data: [message], ends: [{after: message.sent, for: 1 year}]}
              counting: {form: anonymised, at-least: 3, basis: legitimate-interests, interest: seeing what is used, data: [message]}
            keeps: {longest: 2 years, then: {rows: anonymise}}
            contact: {email: privacy@chat.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}, withdraw: {}}
            """;

    private static final String PROSE = """
            ---
            words:
              keeps.then: {rows.anonymise: delete it or keep figures of many}
              collects: {name: your name, email: your e-mail address, message: your messages}
              uses: {account: your account, news: news, talk: talking}
              account.closed: you close it
              account.last-seen: you were last here
              news.given: you asked for them
              message.sent: you sent them
            ---
            We hold {{collects}}. {#collects.name collects.email collects.message}

            Accounts. {#uses.account} News. {#uses.news} Messages. {#uses.talk} We may count messages of
            at least {{uses.counting.at-least}} people together. {#uses.counting may}

            At most {{keeps.longest}}. {#keeps.longest} Then we {{keeps.then.rows}}. {#keeps.then.rows keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.access rights.withdraw}
            """;

    private static final String CHAT = """
            CREATE FUNCTION days_ago(n int) RETURNS bigint LANGUAGE sql AS $$ SELECT (extract(epoch FROM now() - n * interval '24 hours') * 1000)::bigint $$;
            CREATE TABLE members (id varchar(26) PRIMARY KEY, createat bigint NOT NULL, deleteat bigint, seen bigint NOT NULL DEFAULT 0,
              name varchar(64), email varchar(128), news_at bigint, no_news_at bigint NOT NULL DEFAULT 0);
            CREATE TABLE lines (id varchar(26) PRIMARY KEY, memberid varchar(26), sent integer NOT NULL, body text);
            CREATE TABLE lines_counted (month date, lines int, members int);
            INSERT INTO members VALUES
              ('stays', days_ago(900), 0, days_ago(10), 'Stays', 'stays@example.org', days_ago(10), 0),
              ('closed', days_ago(900), days_ago(31), days_ago(40), 'Closed', 'closed@example.org', 0, 0),
              ('closing', days_ago(900), days_ago(29), days_ago(40), 'Closing', 'closing@example.org', 0, 0),
              ('unseen', days_ago(800), 0, 0, 'Unseen', 'unseen@example.org', NULL, 0),
              ('new', days_ago(100), 0, 0, 'New', 'new@example.org', days_ago(90), days_ago(80)),
              ('mad', 9223372036854775807, 0, 0, 'Mad', 'mad@example.org', NULL, 0);
            INSERT INTO lines SELECT 'old' || i, (ARRAY['stays', 'new', 'closing'])[1 + i % 3], days_ago(400) / 1000 + i, 'line ' || i
              FROM generate_series(1, 30) i;
            INSERT INTO lines SELECT 'young' || i, (ARRAY['stays', 'new', 'closing'])[1 + i % 3], days_ago(300) / 1000 + i, 'line ' || i
              FROM generate_series(1, 30) i;
            """;

    private static final String MAP = """
            members:
              person: {member: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account, news]
              events: {account.opened: createat, account.closed: deleteat, account.last-seen: seen}
              facts: {news: {given: news_at, withdrawn: no_news_at, absent: never}}
              columns: {name: name, email: email}
            lines:
              belongs-to: {author: {person: member, via: memberid}}
              uses: [talk]
              events: {message.sent: {at: sent, epoch: seconds}}
              columns: {body: message, sent: message}
              anonymise:
                into: lines_counted
                for: counting
                columns:
                  month: {of: sent, as: [month, year]}
                  lines: rows
                  members: persons
            lines_counted: not-personal
            """;

    @TempDir
    private Path folder;

    private Company chat;

    @BeforeEach
    void open() throws IOException {
        chat = new Company(folder.resolve("privacy"), NOTICE, PROSE);
        chat.store("chat", CHAT, MAP);
        Path map = chat.folder().resolve("stores/chat.yaml");
        Files.writeString(
                map,
                Files.readString(map)
                        .replaceFirst("tables:", "epoch: milliseconds\nsentinels: [0, infinity]\ntables:"));
        chat.checked();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void a_live_schema_fits() {
        Said said = check("--live");
        assertThat(said.exit()).as(said.toString()).isZero();
    }

    private Said check(String... options) {
        return Company.run(Stream.concat(Stream.of("check", chat.folder().toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void a_sweep_forgets_by_numbers_and_figures_are_dated_by_them() throws IOException {
        Said said = chat.kept("sweep", "--operator", "Anna");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(chat.rows("chat", "SELECT id FROM members ORDER BY id"))
                .containsExactly("closing", "mad", "new", "stays");
        assertThat(chat.rows("chat", "SELECT count(*) || ' ' || min(left(id, 5)) FROM lines"))
                .containsExactly("30 young");
        assertThat(chat.rows("chat", "SELECT sum(lines)::text FROM lines_counted"))
                .containsExactly("30");
        LocalDate then = LocalDate.now(ZoneId.of("Europe/Berlin")).minusDays(400);
        assertThat(chat.rows("chat", "SELECT DISTINCT left(month::text, 4) FROM lines_counted"))
                .containsExactly(Integer.toString(then.getYear()));
    }

    @Test
    void a_withdrawal_is_noted_as_a_number_where_0_stood() throws IOException {
        List<String> others = chat.rows("chat", "SELECT m::text FROM members m WHERE id <> 'stays' ORDER BY id");
        Said said = chat.kept(
                "end",
                "--use",
                "news",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                chat.persons("email: STAYS@example.org").toString());
        assertThat(said.out()).as(said.toString()).contains("noted in `members.no_news_at`, 1 row");
        assertThat(chat.rows("chat", """
                        SELECT (no_news_at BETWEEN news_at AND days_ago(0) AND no_news_at > days_ago(1))::text FROM members WHERE id = 'stays'
                        """)).containsExactly("true");
        assertThat(chat.rows("chat", "SELECT m::text FROM members m WHERE id <> 'stays' ORDER BY id"))
                .isEqualTo(others);
    }

    @Test
    void who_asks_is_told_until_when() throws IOException {
        Path file = folder.resolve("one.zip");
        Said said = chat.kept(
                "access",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                chat.persons("email: closing@example.org").toString(),
                "--to",
                file.toString());
        assertThat(said.exit()).as(said.toString()).isZero();
        String json = Unpacked.of(file).part("data.json");
        ZoneId zone = ZoneId.of("Europe/Berlin");
        assertThat(json)
                .contains(LocalDate.now(zone).plusDays(1).toString())
                .contains(LocalDate.now(zone).minusDays(300).plusYears(1).toString());
        Path far = folder.resolve("far.zip");
        said = chat.kept(
                "access",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                chat.persons("email: mad@example.org").toString(),
                "--to",
                far.toString());
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(Unpacked.of(far).part("data.json")).contains("not-yet");
    }

    @Test
    void a_draft_says_which_numbers_look_like_times() throws IOException {
        Path folder = this.folder.resolve("draft");
        Said said = Company.run(
                "map", "chat", "--from", Company.address(chat.database("chat")), "--notice", folder.toString());
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(Files.readString(folder.resolve("stores/chat.yaml")))
                .contains("\nepoch: milliseconds\n")
                .contains(
                        "createat: {is: not-personal, guess: 'sampled values look like milliseconds since 1970: an event of it needs `epoch: milliseconds`, or the store'}")
                .contains(
                        "sent: {is: not-personal, guess: 'sampled values look like seconds since 1970: an event of it needs `epoch: seconds`, or the store'}");
    }

    @Test
    void a_number_that_nobody_says_is_a_time_dates_nothing_and_a_sentinel_must_fit() throws IOException {
        Path map = chat.folder().resolve("stores/chat.yaml");
        String text = Files.readString(map);
        Files.writeString(map, text.replace("epoch: milliseconds\n", ""));
        Said said = check("--live");
        assertThat(said.out())
                .contains("`members.createat` is `bigint`, which dates nothing", "say so: `epoch: milliseconds`");
        Files.writeString(
                map,
                text.replace("account.closed: deleteat", "account.closed: {at: deleteat, sentinels: ['9999-12-31']}"));
        assertThat(check().out()).contains("`9999-12-31` is no value of `members.deleteat`, which is `bigint`");
    }

    @Test
    void what_is_said_at_one_event_goes_for_every_event_of_the_column() throws IOException {
        mapped("{message.begun: {at: sent, epoch: seconds}, message.sent: sent}");
        Said said = check("--live");
        assertThat(said.exit()).as(said.toString()).isZero();
        said = chat.kept("sweep", "--operator", "Anna");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(chat.rows("chat", "SELECT count(*) || ' ' || min(left(id, 5)) FROM lines"))
                .containsExactly("30 young");
    }

    @Test
    void a_column_counts_one_thing() throws IOException {
        mapped("{message.begun: {at: sent, epoch: seconds}, message.sent: {at: sent, epoch: microseconds}}");
        Said said = check();
        assertThat(said.exit()).isNotZero();
        assertThat(said.out())
                .contains("another event says that `lines.sent` counts seconds, this one microseconds", "[two-epochs]");
    }

    private void mapped(String events) throws IOException {
        Path map = chat.folder().resolve("stores/chat.yaml");
        Files.writeString(map, Files.readString(map).replace("{message.sent: {at: sent, epoch: seconds}}", events));
    }
}
