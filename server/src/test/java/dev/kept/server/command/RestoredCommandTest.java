package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gone stays gone: rows from before an erasure are put back, as from a backup. */
class RestoredCommandTest extends RestoredShop {

    @Test
    void who_was_erased_and_is_back_with_a_backup_is_erased_again_and_nobody_else() throws IOException {
        Map<String, byte[]> backup = backup();
        assertThat(company.erase("email: person7@quay.example").exit()).isZero();
        assertThat(company.erase("customer: 12").exit()).isZero();
        assertThat(company.erase("reader: 2").exit()).isZero();
        List<String> customers = customers();
        List<String> orders = company.rows("shop", "SELECT o::text FROM orders o ORDER BY id");
        restore(backup);
        assertThat(customers()).hasSize(20);

        Said said = restored();

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("Looked at 22 persons", "erased again: 3", "doubtful, to be decided with `kept doubts`: 0")
                .contains("Clean: `shop` may be used again");
        assertThat(customers()).isEqualTo(customers).doesNotContain("7", "12");
        assertThat(company.rows("shop", "SELECT o::text FROM orders o ORDER BY id"))
                .isEqualTo(orders);
        assertThat(company.rows("shop", "SELECT id::text FROM readers ORDER BY id"))
                .containsExactly("1", "3", "4", "5");
    }

    @Test
    void the_evidence_has_counts_and_nobody() throws IOException {
        Map<String, byte[]> backup = backup();
        company.erase("email: person7@quay.example");
        restore(backup);

        restored();

        assertThat(
                        state(
                                "SELECT entry FROM kept.journal WHERE kind IN ('store-restored', 'store-clean', 'erased-again') ORDER BY seq"))
                .hasSize(3)
                .last()
                .asString()
                .contains("\"again\":1", "\"doubtful\":0", "\"looked\":24", "\"store\":\"shop\"");
        StringBuilder all = new StringBuilder();
        for (String table :
                state("SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename NOT LIKE 'flyway%'")) {
            state("SELECT t::text FROM kept." + table + " t").forEach(all::append);
        }
        assertThat(all.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("person7@");
    }

    @Test
    void until_it_is_clean_a_restored_store_is_refused_to_every_use() throws IOException {
        company.state().execute("SELECT 1");
        company.erase("email: person7@quay.example");
        company.state().execute("INSERT INTO kept.restored VALUES (gen_random_uuid(), 'shop', now(), 'nobody', NULL)");

        for (Said said : List.of(
                company.kept("sweep"),
                company.erase("customer: 1"),
                company.erase("customer: 1", "--dry-run"),
                company.kept(
                        "access",
                        "--operator",
                        "Anna",
                        "--checked",
                        "by letter",
                        "--persons",
                        company.persons("customer: 1").toString(),
                        "--to",
                        folder.resolve("a.zip").toString()),
                company.kept(
                        "hold",
                        "--table",
                        "customers",
                        "--record",
                        "1",
                        "--reason",
                        "a claim",
                        "--review",
                        "2099-01-01",
                        "--operator",
                        "Anna"))) {
            assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(2);
            assertThat(said.err()).contains("`shop` is isolated", "kept restored shop");
        }
        assertThat(customers()).contains("1");
        assertThat(company.kept("prove", "--json").out())
                .contains("\"restored\"")
                .contains("restored from a backup");

        assertThat(restored().exit()).isZero();
        assertThat(company.kept("sweep").exit()).isZero();
    }

    @Test
    void a_customer_who_simply_came_back_is_left_alone() throws IOException {
        company.erase("email: person7@quay.example");
        shop().execute(
                        "INSERT INTO customers VALUES (107, 'PERSON7@quay.example', now()), (7, 'other@quay.example', now());"
                                + "INSERT INTO orders VALUES (1007, 107, 'new', now())");

        Said said = restored();

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("erased again: 0", "their request stands: 2", "kept doubts`: 0");
        assertThat(customers()).contains("7", "107");
        assertThat(company.rows("shop", "SELECT note FROM orders WHERE customer_id = 107"))
                .containsExactly("new");
    }

    @Test
    void one_who_came_back_to_another_number_with_old_data_is_erased_by_her_address() throws IOException {
        company.erase("customer: 7");
        shop().execute("INSERT INTO customers VALUES (107, ' PERSON7@quay.example', now() - interval '100 days')");

        assertThat(restored().out()).contains("erased again: 1");

        assertThat(customers()).doesNotContain("107");
    }

    @Test
    void who_shared_an_address_with_her_is_not_taken_for_her() throws IOException {
        shop().execute("UPDATE customers SET email = 'family@quay.example' WHERE id IN (7, 8)");
        Map<String, byte[]> backup = backup();
        company.erase("customer: 7");
        restore(backup);

        Said said = restored();

        assertThat(said.out()).contains("erased again: 1", "kept doubts`: 0");
        assertThat(customers()).contains("8").doesNotContain("7");
    }

    @Test
    void who_has_older_and_younger_data_is_left_to_a_person_and_restricted_until_then() throws IOException {
        Map<String, byte[]> backup = backup();
        company.erase("customer: 7");
        restore(backup);
        shop().execute("INSERT INTO orders VALUES (1007, 7, 'after the restore', now())");

        Said said = restored();

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("erased again: 0", "kept doubts`: 1", "Clean");
        assertThat(customers()).contains("7");
        Said listed = company.kept("doubts");
        assertThat(listed.out()).contains("shop  customer  some of her data is older than the erasure, some younger");
        assertThat(company.kept("doubts", "--json").out())
                .contains("\"why\":\"mixed\"")
                .doesNotContain("\"key\"");
        assertThat(state("SELECT what FROM kept.person_fact")).containsExactly("restricted");
        assertThat(company.kept("prove", "--json").out()).contains("awaits-decision");
        String doubt = state("SELECT id::text FROM kept.suppression_doubt").getFirst();
        assertThat(company.kept("doubts", "--show", doubt).out()).contains("customer: 7");
        assertThat(company.kept("doubts", "--erase", doubt).exit()).isEqualTo(2);

        Said decided = company.kept("doubts", "--erase", doubt, "--operator", "Anna", "--checked", "asked her");

        assertThat(decided.exit()).as(decided.out() + decided.err()).isZero();
        assertThat(customers()).doesNotContain("7");
        assertThat(state("SELECT what FROM kept.person_fact")).isEmpty();
        assertThat(company.kept("doubts").out()).contains("Nobody is doubtful");
        assertThat(state("SELECT entry FROM kept.journal WHERE kind = 'doubt-decided'")
                        .getFirst())
                .contains("\"decision\":\"erased\"", "\"why\":\"mixed\"")
                .doesNotContain("Anna");
    }

    @Test
    void who_was_decided_to_be_somebody_else_is_not_asked_about_again_until_the_next_restore() throws IOException {
        Map<String, byte[]> backup = backup();
        company.erase("reader: 2");
        restore(backup);
        shop().execute("UPDATE readers SET given = NULL WHERE id = 2; UPDATE readers SET id = 92 WHERE id = 2");
        restored();
        String doubt = state("SELECT id::text FROM kept.suppression_doubt").getFirst();
        assertThat(state("SELECT why FROM kept.suppression_doubt")).containsExactly("undated");

        company.kept("doubts", "--leave", doubt, "--operator", "Anna", "--checked", "another reader");

        assertThat(company.kept("doubts").out()).contains("Nobody is doubtful");
        assertThat(state("SELECT what FROM kept.person_fact")).isEmpty();
        assertThat(restored().out()).contains("kept doubts`: 1");
        assertThat(company.rows("shop", "SELECT id::text FROM readers WHERE id = 92"))
                .containsExactly("92");
    }

    @Test
    void her_key_without_any_date_is_she_in_a_restored_store_only() throws IOException {
        company.erase("reader: 2");
        shop().execute("INSERT INTO readers VALUES (2, 'anybody@quay.example', NULL)");
        assertThat(company.kept("prove", "--json").out()).contains("awaits-decision");

        assertThat(restored().out()).contains("erased again: 1");

        assertThat(company.rows("shop", "SELECT id::text FROM readers")).doesNotContain("2");
    }

    @Test
    void proving_finds_who_is_back_and_says_how_many_and_never_who() throws IOException {
        Map<String, byte[]> backup = backup();
        company.erase("customer: 7");
        assertThat(company.kept("prove", "--json").out())
                .contains("persons, among whom nobody is back of those whom 1 erasure took out");
        restore(backup);

        Said said = company.kept("prove", "--json");

        assertThat(said.out())
                .contains("1 person who was erased and whose data is from before that is back in `shop`")
                .doesNotContain("person7")
                .doesNotContain("Person7");
        assertThat(customers()).contains("7");
    }

    @Test
    void hashes_and_their_keys_end() throws IOException {
        company.erase("customer: 7");
        assertThat(state("SELECT count(*)::text FROM kept.suppression")).containsExactly("2");
        assertThat(
                        state(
                                "SELECT (ends_at > now() + interval '119 days' AND ends_at < now() + interval '121 days')::text FROM kept.suppression"))
                .containsOnly("true");
        company.state()
                .execute(
                        "UPDATE kept.suppression SET erased_at = now() - interval '200 days', ends_at = now() - interval '1 day';"
                                + "UPDATE kept.suppression_key SET period = date_trunc('month', now() - interval '200 days')");

        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(state("SELECT count(*)::text FROM kept.suppression")).containsExactly("0");
        assertThat(state("SELECT count(*)::text FROM kept.suppression_key")).containsExactly("0");
    }

    @Test
    void a_key_stays_as_long_as_one_of_its_hashes_does() throws IOException {
        company.erase("customer: 7");
        company.erase("customer: 8");
        company.state()
                .execute(
                        "UPDATE kept.suppression SET ends_at = now() - interval '1 day' WHERE run = (SELECT min(run::text)::uuid FROM kept.suppression);"
                                + "UPDATE kept.suppression_key SET period = date_trunc('month', now() - interval '200 days')");

        company.kept("sweep");

        assertThat(state("SELECT count(*)::text FROM kept.suppression")).containsExactly("2");
        assertThat(state("SELECT count(*)::text FROM kept.suppression_key")).containsExactly("1");
    }

    @Test
    void a_store_that_is_another_system_is_looked_through_before_it_is_swept() throws IOException {
        Map<String, byte[]> backup = backup();
        company.erase("customer: 7");
        company.kept("sweep");
        restore(backup);
        company.state()
                .execute(
                        "UPDATE kept.suppression_look SET store_identity = replace(store_identity, '\"timeline\":1', '\"timeline\":9')");
        assertThat(company.erase("customer: 9").out()).contains("another system");

        Said said = company.kept("sweep");

        assertThat(said.out()).contains("another system than before", "1 erased again");
        assertThat(customers()).doesNotContain("7");
        assertThat(company.erase("customer: 10").out()).doesNotContain("another system");
    }

    @Test
    void a_store_that_is_not_there_is_named() {
        Said said = company.kept("restored", "nowhere", "--operator", "Anna", "--checked", "x");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("there is no store `nowhere`");
    }
}
