package dev.kept.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.answer.Answers.Download;
import dev.kept.server.answer.Answers.Made;
import dev.kept.server.answer.KeptAnswer.Standing;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers at rest, on a real PostgreSQL: sealed, handed out once more proven, destroyed on time, and what is done to them by hand. */
class AnswersTest {

    private static final UUID REQUEST = UUID.fromString("5a2c9c1e-2d3b-4e8a-9a60-000000000017");
    private static final About ZIP = new About("your-data.zip", About.ZIP);
    private static final String MARK = "anna's own words, again and again; ";

    private TestDatabase database;
    private State state;
    private Answers answers;
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");

    @BeforeEach
    void open() {
        database = TestCluster.shared().freshDatabase();
        state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
        answers = new Answers(state);
    }

    @AfterEach
    void close() {
        state.close();
        database.close();
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes; i++) {
            content[i] = mark[i % mark.length];
        }
        return content;
    }

    private UUID keep(byte[] content) {
        try {
            Made<String> made = answers.make(REQUEST, ZIP, Answers.STAYS, out -> {
                Random pieces = new Random(7);
                for (int from = 0; from < content.length; ) {
                    int part = Math.min(content.length - from, 1 + pieces.nextInt(100_000));
                    out.write(content, from, part);
                    from += part;
                }
                return "made";
            });
            assertThat(made.size()).isEqualTo(content.length);
            state.apply(made.release());
            return made.id();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Download> fetch(UUID answer) {
        return answers.open(answer, new Proof(REQUEST, now));
    }

    private long number(String sql) {
        return state.database()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private void change(String sql, Object... values) {
        state.database().useHandle(handle -> handle.execute(sql, values));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Chunks.BYTES - 1, Chunks.BYTES, Chunks.BYTES + 1, 3 * Chunks.BYTES + 17})
    void an_answer_is_read_as_it_was_written(int bytes) throws IOException {
        byte[] content = content(bytes);
        UUID id = keep(content);

        Download download = fetch(id).orElseThrow();

        assertThat(download.about()).isEqualTo(ZIP);
        assertThat(download.size()).isEqualTo(bytes);
        assertThat(download.content().readAllBytes()).isEqualTo(content);
        assertThat(
                        number(
                                "select count(*) from kept.answer_chunk where position(convert_to('words', 'UTF8') in sealed) > 0"))
                .isZero();
        assertThat(number("select max(octet_length(sealed)) from kept.answer_chunk"))
                .isLessThan(Chunks.BYTES + 100);
    }

    @Test
    void nobody_gets_an_answer_without_a_fresh_proof_of_this_very_request() {
        UUID id = keep(content(10));
        Instant proven = now;

        assertThat(answers.open(id, new Proof(UUID.randomUUID(), now))).isEmpty();
        assertThat(answers.open(UUID.randomUUID(), new Proof(REQUEST, now))).isEmpty();
        assertThat(answers.open(id, new Proof(REQUEST, now.plusSeconds(1))))
                .as("of the future")
                .isEmpty();
        now = now.plus(Answers.PROOF_LASTS);
        assertThat(answers.open(id, new Proof(REQUEST, proven))).isPresent();
        now = now.plusMillis(1);
        assertThat(answers.open(id, new Proof(REQUEST, proven))).isEmpty();
    }

    @Test
    void every_download_is_noted_and_what_was_not_handed_out_is_not() {
        UUID id = keep(content(10));
        fetch(id);
        fetch(id);
        answers.open(id, new Proof(UUID.randomUUID(), now));

        assertThat(answers.of(REQUEST).getFirst().downloads()).isEqualTo(2);
        assertThat(state.journal().latest("answer", 10))
                .hasSize(2)
                .first()
                .satisfies(entry -> assertThat(entry.json()).contains("\"downloads\":2", "\"event\":\"downloaded\""));
    }

    @Test
    void an_answer_is_there_only_with_what_tells_of_it() throws IOException {
        Made<Integer> made = answers.make(REQUEST, ZIP, Answers.STAYS, out -> {
            out.write(1);
            return 1;
        });
        assertThat(fetch(made.id())).isEmpty();
        assertThat(number("select count(*) from kept.answer_key"))
                .as("nobody can open it yet")
                .isZero();

        state.apply(made.release());

        assertThat(fetch(made.id())).isPresent();
    }

    @Test
    void after_its_time_an_answer_is_gone_with_its_key_and_its_content() {
        UUID id = keep(content(2 * Chunks.BYTES));
        now = now.plus(Answers.STAYS).minusMillis(1);
        assertThat(fetch(id)).isPresent();
        assertThat(answers.expire()).isZero();
        now = now.plusMillis(1);
        assertThat(fetch(id))
                .as("by the clock, whether or not a job has come by")
                .isEmpty();

        assertThat(answers.expire()).isEqualTo(1);

        assertThat(number("select count(*) from kept.answer_key")).isZero();
        assertThat(number("select count(*) from kept.answer_chunk")).isZero();
        assertThat(number("select count(*) from kept.answer where about is not null"))
                .isZero();
        assertThat(answers.of(REQUEST)).extracting(KeptAnswer::standing).containsExactly(Standing.GONE);
        assertThat(state.journal().latest("answer", 1).getFirst().json()).contains("\"event\":\"expired\"");
        assertThat(answers.expire()).isZero();
        assertThat(fetch(id)).isEmpty();
    }

    @Test
    void whoever_reads_while_it_expires_gets_no_more_than_was_there_in_time() throws IOException {
        byte[] content = content(3 * Chunks.BYTES);
        UUID id = keep(content);
        InputStream reading = fetch(id).orElseThrow().content();
        byte[] first = reading.readNBytes(Chunks.BYTES);
        now = now.plus(Answers.STAYS);

        assertThat(first).isEqualTo(java.util.Arrays.copyOf(content, Chunks.BYTES));
        assertThatThrownBy(reading::read).isInstanceOf(NotReadable.class).hasMessageContaining("expired");
        answers.expire();
        assertThatThrownBy(reading::read).isInstanceOf(NotReadable.class);
    }

    @Test
    void it_can_be_destroyed_before_its_time() {
        UUID id = keep(content(10));

        state.apply(List.of(answers.end(UUID.randomUUID())));
        assertThat(fetch(id)).as("of another request").isPresent();

        state.apply(List.of(answers.end(REQUEST)));

        assertThat(fetch(id)).isEmpty();
        assertThat(number("select count(*) from kept.answer_key")).isZero();
        answers.expire();
        assertThat(number("select count(*) from kept.answer_chunk")).isZero();
    }

    @Test
    void made_again_it_takes_the_place_of_the_one_before_and_so_often_at_most() {
        UUID first = keep(content(10));
        UUID second = keep(content(20));

        assertThat(fetch(first)).isEmpty();
        assertThat(fetch(second)).isPresent();
        assertThat(number("select count(*) from kept.answer_key")).isEqualTo(1);
        for (int made = 2; made < Answers.MOST_OF_A_REQUEST; made++) {
            assertThat(answers.renewable(REQUEST)).isTrue();
            keep(content(1));
        }
        assertThat(answers.renewable(REQUEST)).isFalse();
        assertThatThrownBy(() -> keep(content(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_that_fails_while_it_is_made_leaves_nothing() {
        assertThatThrownBy(() -> answers.make(REQUEST, ZIP, Answers.STAYS, out -> {
                    out.write(content(2 * Chunks.BYTES));
                    throw new IOException("the store went away");
                }))
                .isInstanceOf(IOException.class);

        assertThat(number("select count(*) from kept.answer")).isZero();
        assertThat(number("select count(*) from kept.answer_chunk")).isZero();
    }

    @Test
    void what_a_killed_process_was_making_cannot_be_read_and_is_cleared_away() throws IOException {
        AtomicInteger released = new AtomicInteger();
        Made<Integer> late = answers.make(REQUEST, ZIP, Answers.STAYS, out -> {
            out.write(content(2 * Chunks.BYTES));
            return released.incrementAndGet();
        });
        assertThat(number("select count(*) from kept.answer_chunk")).isPositive();
        now = now.plus(Answers.LONGEST_MAKING);
        answers.expire();

        assertThat(number("select count(*) from kept.answer_chunk")).isZero();
        assertThatThrownBy(() -> state.apply(late.release())).isInstanceOf(JdbiException.class);
        assertThat(fetch(late.id())).isEmpty();
    }

    @Test
    void an_answer_that_is_too_large_is_refused_before_it_is_kept() {
        Answers small = new Answers(state, 1_000);

        assertThatThrownBy(() -> small.make(REQUEST, ZIP, Answers.STAYS, out -> {
                    out.write(new byte[600]);
                    out.write(new byte[401]);
                    return 1;
                }))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("1000 bytes");
        assertThat(number("select count(*) from kept.answer")).isZero();
    }

    @Test
    void a_byte_changed_anywhere_is_found_before_anything_of_its_chunk_is_handed_out() throws IOException {
        byte[] content = content(Chunks.BYTES + 500);
        UUID id = keep(content);
        for (int chunk = 0; chunk < 2; chunk++) {
            int length = (int) number("select octet_length(sealed) from kept.answer_chunk where number = " + chunk);
            for (int at : new int[] {0, 5, 11, 12, 13, length / 2, length - 17, length - 16, length - 1}) {
                flip("kept.answer_chunk", "sealed", "number = " + chunk, at);
                InputStream reading = fetch(id).orElseThrow().content();
                byte[] before = reading.readNBytes(chunk * Chunks.BYTES);
                assertThat(before.length).isEqualTo(chunk * Chunks.BYTES);
                assertThatThrownBy(reading::read)
                        .as("byte %d of chunk %d", at, chunk)
                        .isInstanceOf(NotReadable.class);
                flip("kept.answer_chunk", "sealed", "number = " + chunk, at);
            }
        }
        assertThat(fetch(id).orElseThrow().content().readAllBytes()).isEqualTo(content);
    }

    @Test
    void what_it_says_of_itself_and_its_key_cannot_be_changed_either() {
        UUID id = keep(content(500));
        int length = (int) number("select octet_length(about) from kept.answer");
        for (int at = 0; at < length; at++) {
            flip("kept.answer", "about", "true", at);
            assertThat(fetch(id)).as("byte %d", at).isEmpty();
            flip("kept.answer", "about", "true", at);
        }
        for (int at = 0; at < 32; at++) {
            flip("kept.answer_key", "key", "true", at);
            assertThat(fetch(id)).as("key's byte %d", at).isEmpty();
            flip("kept.answer_key", "key", "true", at);
        }
        assertThat(fetch(id)).isPresent();
    }

    private void flip(String table, String column, String where, int at) {
        change("update " + table + " set " + column + " = set_byte(" + column + ", " + at + ", get_byte(" + column
                + ", " + at + ") # 1) where " + where);
    }

    @Test
    void cut_off_exchanged_repeated_or_taken_from_another_answer_it_does_not_open() throws IOException {
        UUID id = keep(content(3 * Chunks.BYTES));
        change("create table saved as select * from kept.answer_chunk");

        change("delete from kept.answer_chunk where number = 2");
        unreadable(id);
        back();
        change("update kept.answer_chunk set number = 9 where number = 0");
        change("update kept.answer_chunk set number = 0 where number = 1");
        change("update kept.answer_chunk set number = 1 where number = 9");
        unreadable(id);
        back();
        change("update kept.answer_chunk set sealed = (select sealed from saved where number = 0) where number = 1");
        unreadable(id);
        back();
        change("update kept.answer_chunk set sealed = substr(sealed, 1, octet_length(sealed) - 1) where number = 1");
        unreadable(id);
        back();
        change("update kept.answer_chunk set sealed = '' where number = 0");
        unreadable(id);
        back();
        change("insert into kept.answer_chunk select answer, 3, sealed from saved where number = 0");
        assertThat(fetch(id).orElseThrow().content().readAllBytes())
                .as("what was added behind it is not read")
                .hasSize(3 * Chunks.BYTES);

        UUID other = keep(content(3 * Chunks.BYTES));
        change(
                "update kept.answer_chunk set sealed = (select sealed from saved where number = 1) where answer = ? and number = 1",
                other);
        unreadable(other);
    }

    private void back() {
        change("delete from kept.answer_chunk");
        change("insert into kept.answer_chunk select * from saved");
    }

    private void unreadable(UUID id) {
        assertThatThrownBy(() -> fetch(id).orElseThrow().content().readAllBytes())
                .isInstanceOf(NotReadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.zip",
                "a/b.zip",
                "a\\b",
                "a\r\nb",
                "\"a",
                ".zip",
                "a..zip",
                "",
                "ä.zip",
                "a.zip.exe.b",
                "a;b"
            })
    void a_file_name_that_could_be_more_than_a_name_is_none(String name) {
        assertThatThrownBy(() -> new About(name, About.ZIP)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_answer_is_of_a_kind_that_answers_have_and_stays_for_a_time() {
        assertThatThrownBy(() -> new About("a.zip", "text/javascript")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> answers.make(REQUEST, ZIP, Answers.LONGEST_STAY.plusDays(1), out -> 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> answers.make(REQUEST, ZIP, Duration.ZERO, out -> 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
