package dev.kept.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kept.core.letter.LetterKind;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger has of mails: each that was sent, came back or was given up, once, and nobody's address. */
class MailEntriesTest {

    private Office office;
    private GreenMail server;

    @BeforeEach
    void open() {
        office = new Office();
        server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        office.close();
    }

    private Mailing mailing() {
        return office.mailing(Office.settings(server.getSmtp().getPort()));
    }

    private List<Map<?, ?>> entered() {
        List<Map<?, ?>> all = new ArrayList<>();
        for (Journal.Entry entry : office.state.journal().latest("mail", 1_000)) {
            if (CanonicalJson.read(entry.json()).get("mails") instanceof List<?> mails) {
                mails.forEach(mail -> all.add((Map<?, ?>) mail));
            }
        }
        return all;
    }

    private UUID request(boolean proven) {
        UUID request = UUID.randomUUID();
        office.state
                .database()
                .useHandle(handle -> handle.execute(
                        "insert into kept.request (id, number, kind, uses, language, channel, first_received_at, received_at,"
                                + " stage, proven, reading, due_on) values (?, ?, 'access', '{}', 'en', 'form', now(), now(),"
                                + " 'received', ?, 'runs', '2027-03-31')",
                        request,
                        request.toString(),
                        proven));
        return request;
    }

    /** Mails that were sent, a second each after the other. */
    private void plant(int many, String kindAndRequest) {
        office.state
                .database()
                .useHandle(handle -> handle.execute(
                        "insert into kept.mail (id, kind, request, state, made_at, due_at, ends_at, done_at, tag, commitment)"
                                + " select gen_random_uuid(), " + kindAndRequest + ", 'sent', now(), now(), now(),"
                                + " now() - n * interval '1 second', decode(md5(n::text), 'hex'), '' from generate_series(1, ?) n",
                        many));
    }

    private Mail about(UUID request) {
        Mail mail = Office.received().about(request);
        office.state.apply(List.of(office.mails.send(mail)));
        return mail;
    }

    @Test
    void a_mail_that_was_sent_is_an_entry_without_its_address() {
        UUID request = request(true);
        about(request);

        mailing().send();
        mailing().send();

        assertThat(entered())
                .hasSize(1)
                .first()
                .satisfies(mail -> assertThat(mail.toString())
                        .isEqualTo("{at=" + office.now() + ", event=sent, letter=received, request=" + request + "}"));
    }

    @Test
    void one_that_comes_back_later_is_another() {
        about(request(true));
        mailing().send();
        String tag = office.number("select count(*) from kept.mail") + "";
        office.state
                .database()
                .useHandle(handle -> handle.execute(
                        "update kept.mail set tag = ?", (Object) dev.kept.core.source.Sha256.bytes(tag)));

        assertThat(new Outbox(office.state).cameBack(tag, "dsn 5.1.1")).isTrue();
        mailing().fetchBounces();

        assertThat(entered())
                .extracting(mail -> String.valueOf(mail.get("event")))
                .containsExactly("undeliverable", "sent");
        assertThat(entered().getFirst().get("reason")).isEqualTo("dsn 5.1.1");
    }

    @Test
    void one_to_no_address_and_one_given_up_are_entries_too() {
        office.state.apply(List.of(office.mails.letter(
                request(true),
                "no address",
                LetterKind.RECEIVED,
                "en",
                Office.received().values())));
        office.post();
        office.later(Mails.LONGEST_WAIT.plusDays(1));

        mailing().send();

        assertThat(entered())
                .extracting(mail -> mail.get("event") + " " + mail.get("reason"))
                .containsExactlyInAnyOrder("undeliverable no-address", "given-up too-late");
    }

    @Test
    void before_it_is_known_who_asks_no_mail_is_an_entry_sent_or_back_or_given_up_nor_afterwards() {
        UUID request = request(false);
        about(request);
        mailing().send();
        office.state.apply(List.of(office.mails.letter(
                request,
                "no address",
                LetterKind.RECEIVED,
                "en",
                Office.received().values())));
        about(request);
        office.later(Mails.LONGEST_WAIT.plusDays(1));
        mailing().send();

        assertThat(office.number("select count(distinct state) from kept.mail")).isEqualTo(3);
        assertThat(office.number("select count(*) from kept.journal")).isZero();
        office.state.database().useHandle(handle -> handle.execute("update kept.request set proven = true"));
        about(request);
        mailing().send();
        mailing().send();
        assertThat(entered()).as("those from then on").hasSize(1);
    }

    @Test
    void a_link_that_proves_who_asks_is_never_an_entry_and_is_looked_at_once() {
        about(request(true));
        office.state.database().useHandle(handle -> handle.execute("update kept.mail set kind = 'proof-link'"));

        mailing().send();

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(office.number("select count(*) from kept.journal")).isZero();
        assertThat(office.number("select count(*) from kept.mail where entered is distinct from state"))
                .isZero();
    }

    @Test
    void mails_of_which_the_ledger_does_not_hear_keep_it_from_none_of_the_others() {
        plant(2 * Outbox.MOST_AN_ENTRY, "'proof-link', null");
        office.post();

        mailing().send();

        assertThat(entered()).hasSize(1);
    }

    @Test
    void what_waits_is_none() {
        office.post();
        new Outbox(office.state).enter();

        assertThat(entered()).isEmpty();
    }

    @Test
    void a_sender_that_ends_before_its_entry_loses_none_and_sends_nothing_twice() {
        office.database.execute("""
                create function kept.fails() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$;
                create trigger fails before insert on kept.journal for each row execute function kept.fails();
                """);
        office.post();
        assertThatThrownBy(() -> mailing().send()).isInstanceOf(JdbiException.class);
        assertThat(entered()).isEmpty();
        office.database.execute("drop trigger fails on kept.journal");

        mailing().send();

        assertThat(entered()).hasSize(1);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void many_mails_are_few_entries_and_any_number_of_processes_enter_each_once() throws Exception {
        int many = 3 * Outbox.MOST_AN_ENTRY + 7;
        plant(many, "'received', null");
        try (ExecutorService processes = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> all = Collections.nCopies(4, () -> mailing().send());
            for (var done : processes.invokeAll(all)) {
                done.get();
            }
        }
        mailing().send();

        assertThat(entered()).hasSize(many);
        assertThat(entered().stream().map(mail -> mail.get("at")).distinct()).hasSize(many);
        assertThat(office.number("select count(*) from kept.journal where kind = 'mail'"))
                .isBetween(4L, 12L);
        assertThat(office.number("select max(length(entry)) from kept.journal where kind = 'mail'"))
                .isLessThan(65_300);
    }
}
