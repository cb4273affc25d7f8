package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger on the command line: what was done is under a signed checkpoint when a command ends, and others can verify it. */
class LedgerCommandTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name. {#collects.name} Accounts. {#uses.account}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    LedgerCommandTest() {
        super(NOTICE, PROSE, """
                CREATE TABLE customers (id int PRIMARY KEY, name text, opened timestamptz NOT NULL);
                INSERT INTO customers VALUES (1, 'One', '2020-01-01'), (2, 'Two', '2020-01-01'), (3, 'Three', now());
                """, """
                customers:
                  person: {customer: {key: id}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {name: name}
                """);
    }

    @BeforeEach
    void act() {
        assertThat(company.kept(
                                "hold",
                                "--operator",
                                "Anna",
                                "--table",
                                "customers",
                                "--record",
                                "1",
                                "--reason",
                                "a lawsuit",
                                "--review",
                                "2999-01-01")
                        .exit())
                .isZero();
        assertThat(company.kept("sweep").exit()).isZero();
    }

    private Said ledger(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ledger"));
        all.addAll(List.of(arguments));
        return company.kept(all.toArray(new String[0]));
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Said said = ledger(all.toArray(new String[0]));
        assertThat(said.err()).isEmpty();
        return JsonMapper.shared().readTree(said.out());
    }

    @Test
    void what_was_done_is_under_a_signed_checkpoint_when_its_command_has_ended() throws IOException {
        JsonNode status = json("status");

        assertThat(status.get("origin").asString()).isEqualTo("mill.example/ledger");
        assertThat(status.get("entries").asLong()).isEqualTo(2);
        assertThat(status.get("published").asLong()).isEqualTo(2);
        assertThat(status.get("keys").get(0).get("signs").asBoolean()).isTrue();
        assertThat(ledger("status").out()).contains("mill.example/ledger: 2 entries, 2 under its last checkpoint");
        assertThat(ledger("verify").exit()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_proof_verifies_with_the_entry_beside_it() throws IOException {
        Path to = folder.resolve("evidence");
        assertThat(ledger("proof", "1", "--to", to.toString()).exit()).isEqualTo(ExitCode.OK);
        VerifierKey key =
                VerifierKey.parse(json("status").get("keys").get(0).get("key").asString());

        TlogProof proof = TlogProof.parse(Files.readString(to.resolve("entry-1.tlog-proof")));
        byte[] entry = Files.readAllBytes(to.resolve("entry-1.json"));
        assertThat(proof.proves(entry, List.of(key)).map(Checkpoint::size)).contains(2L);
        assertThat(new String(entry, StandardCharsets.UTF_8)).contains("\"kind\":\"sweep\"");
        JsonNode json = json("proof", "1");
        assertThat(json.get("proof").asString()).isEqualTo(proof.write());
        assertThat(ledger("proof", "1").out()).startsWith("c2sp.org/tlog-proof@v1\nindex 1\n");
        Said none = ledger("proof", "2");
        assertThat(none.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(none.err()).contains("error: the ledger has no entry 2");
    }

    @Test
    void an_export_verifies_by_itself_and_what_is_changed_is_named() throws IOException {
        Path export = folder.resolve("log");
        assertThat(ledger("export", export.toString()).exit()).isEqualTo(ExitCode.OK);
        String key = Files.readString(export.resolve("keys")).strip();
        JsonNode right = json("verify", export.toString(), "--key", key);
        assertThat(right.get("ok").asBoolean()).isTrue();
        assertThat(right.get("entries").asLong()).isEqualTo(2);
        Path bundle = export.resolve("tile/entries/000.p/2");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[20] ^= 1;
        Files.write(bundle, bytes);

        Said said = ledger("verify", export.toString());

        assertThat(said.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out()).contains("wrong: entry 0 is not what was logged", "1 thing is wrong");
        JsonNode wrong = json("verify", export.toString());
        assertThat(wrong.get("ok").asBoolean()).isFalse();
        assertThat(wrong.get("flaws").get(0).get("kind").asString()).isEqualTo("entry-changed");
    }

    @Test
    void what_was_cut_off_is_found_against_a_checkpoint_of_before() throws IOException {
        Path export = folder.resolve("log");
        ledger("export", export.toString());
        Company.rows(company.state(), "delete from kept.journal where seq = 1 returning seq");
        Company.rows(company.state(), "update kept.ledger_head set size = 1 returning size");
        Company.rows(company.state(), "delete from kept.ledger_checkpoint returning size");
        Company.rows(company.state(), "update kept.ledger_tile set hashes = substr(hashes, 1, 32) returning level");
        Path checkpoint = export.resolve("checkpoint");

        Said said = ledger("verify", "--against", checkpoint.toString());

        assertThat(said.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out()).contains("signs 2 entries, and only 1 are there");
    }

    @Test
    void a_key_is_rotated_and_both_are_shown() throws IOException {
        JsonNode before = json("status");
        String fresh = json("rotate").get("key").asString();
        JsonNode after = json("status");

        assertThat(after.get("entries").asLong()).isEqualTo(3);
        assertThat(after.get("published").asLong()).isEqualTo(3);
        assertThat(after.get("keys").get(0).get("key").asString())
                .isEqualTo(before.get("keys").get(0).get("key").asString());
        assertThat(after.get("keys").get(0).get("retiresAt").asString()).isNotEmpty();
        assertThat(after.get("keys").get(1).get("key").asString()).isEqualTo(fresh);
        assertThat(ledger("verify").exit()).isEqualTo(ExitCode.OK);
    }

    @Test
    void what_cannot_be_verified_is_said_in_one_sentence() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThat(ledger("verify", empty.toString()).err()).contains("error: no key is known");
        assertThat(ledger("verify", "--against", folder.resolve("none").toString())
                        .err())
                .contains("cannot be read", "try: name the file of a checkpoint");
        Said key = ledger("verify", "--key", "nonsense");
        assertThat(key.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(key.err()).contains("error: `--key` is no key");
    }

    @Test
    void another_name_than_the_ledger_s_is_refused_and_no_name_at_all() throws IOException {
        Path settings = folder.resolve("kept.yaml");
        String before = Files.readString(settings);
        Files.writeString(settings, before + "\nledger: another.example/log\n");
        assertThat(ledger("rotate").err()).contains("the ledger was begun as `mill.example/ledger`");
        Files.writeString(settings, before + "\nledger: a name\n");
        assertThat(ledger("status").err()).contains("`ledger` in `kept.yaml` is no name of a log");
    }
}
