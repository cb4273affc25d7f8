package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Messages whose sender is a contact or an agent, as a column beside says: a column that the database makes tells them apart. */
class LinksByTypeTest extends OneShop {

    private static final String NOTICE = """
            notice: desk
            controller: {name: The Desk, email: privacy@desk.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [desk.example], services: [desk]}
            collects:
              name: {from: you, is: pd:Name}
              message: {from: you, is: pd:Communication}
            uses:
              help: {basis: consent, data: [name, message], ends: [{after: message.sent, else: person.came, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@desk.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name and messages. {#collects.name collects.message} Help. {#uses.help}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase rights.access rights.correct}
            """;

    private static final String SHOP = """
            CREATE TABLE contacts (id int PRIMARY KEY, name text, came timestamptz NOT NULL);
            CREATE TABLE agents (id int PRIMARY KEY, name text, came timestamptz NOT NULL);
            CREATE TABLE messages (id int PRIMARY KEY, sender_type text, sender_id int, body text, sent timestamptz NOT NULL,
                contact_id int GENERATED ALWAYS AS (CASE WHEN sender_type = 'Contact' THEN sender_id END) STORED,
                agent_id int GENERATED ALWAYS AS (CASE WHEN sender_type = 'Agent' THEN sender_id END) STORED);
            INSERT INTO contacts SELECT n, 'C', now() FROM generate_series(1, 3) n;
            INSERT INTO agents SELECT n, 'A', now() FROM generate_series(1, 3) n;
            INSERT INTO messages VALUES (1, 'Contact', 1, 'a', now()), (2, 'Agent', 1, 'b', now()), (3, 'Contact', 2, 'c', now()),
                (4, 'Bot', 1, 'd', now()), (5, NULL, 1, 'e', now()), (6, 'Contact', 1, 'f', now());
            """;

    private static final String MAP = """
            contacts:
              person: {contact: {key: id, found-by: {name: name}}}
              uses: [help]
              events: {person.came: came}
              columns: {name: name, came: not-personal}
            agents:
              person: {agent: {key: id, found-by: {name: name}}}
              uses: [help]
              events: {person.came: came}
              columns: {name: name, came: not-personal}
            messages:
              belongs-to: {contact: {person: contact, via: contact_id}, agent: {person: agent, via: agent_id}}
              uses: [help]
              events: {message.sent: sent}
              columns: {sender_type: not-personal, sender_id: not-personal, body: message, sent: not-personal}
            """;

    LinksByTypeTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    @Test
    void who_has_the_same_number_in_another_table_keeps_what_is_hers() throws IOException {
        Said said = company.erase("contact: 1");

        assertThat(said.exit()).isZero();
        assertThat(company.rows("shop", "SELECT id::text FROM messages ORDER BY id"))
                .containsExactly("2", "3", "4", "5");
        assertThat(company.rows("shop", "SELECT id::text FROM agents ORDER BY id"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void a_map_that_takes_every_number_for_one_of_hers_is_advised_against() throws IOException {
        var map = company.folder().resolve("stores/shop.yaml");
        Files.writeString(map, Files.readString(map).replace("via: contact_id", "via: sender_id"));

        assertThat(Company.run("check", company.folder().toString()).out())
                .contains(
                        "[link-by-type]",
                        "`sender_type` seems to say of which table a row is",
                        "ADD contact_id integer GENERATED ALWAYS AS");
    }
}
