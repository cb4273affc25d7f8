package dev.kept.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.SigningKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.Ledger.Given;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in the ledger's tables or files is found and named. */
class FlippedBitsTest {

    private static final int ENTRIES = 600;

    private final Log log = new Log();
    private final Ledger ledger = log.ledger();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void begin() throws SQLException {
        log.append(100);
        ledger.publish();
        log.append(ENTRIES - 100);
        ledger.publish();
        assertThat(log.flaws()).isEmpty();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static LogFile.Tile tile(int level, long index, int width) {
        return new LogFile.Tile(level, index, width);
    }

    private static Flaw changed(long index) {
        return new Flaw.EntryChanged(index);
    }

    @Test
    void every_column_of_an_entry_is_under_its_hash() {
        log.execute("update kept.journal set entry = replace(entry, 'größe', 'grösse') where seq = 0");
        log.execute("update kept.journal set at = at + interval '1 microsecond' where seq = 99");
        log.execute("update kept.journal set kind = 'consens' where seq = 255");
        log.execute("update kept.journal set run = gen_random_uuid() where seq = 256");
        log.execute("update kept.journal set run = null where seq = 302");
        log.execute("update kept.journal set run = gen_random_uuid() where seq = 300");
        log.execute("update kept.journal set entry = entry || ' ' where seq = 599");

        assertThat(log.flaws())
                .containsExactlyInAnyOrder(
                        changed(0), changed(99), changed(255), changed(256), changed(300), changed(302), changed(599));
    }

    @Test
    void each_place_of_an_entry_s_text_counts() {
        int bytes = Integer.parseInt(log.rows("select octet_length(entry) from kept.journal where seq = 431")
                .getFirst());
        for (int i = 0; i < bytes; i += 7) {
            String before =
                    log.rows("select entry from kept.journal where seq = 431").getFirst();
            char other = before.charAt(Math.min(i, before.length() - 1)) == 'x' ? 'y' : 'x';
            log.execute("update kept.journal set entry = overlay(entry placing '" + other + "' from "
                    + (Math.min(i, before.length() - 1) + 1) + ") where seq = 431");
            assertThat(log.flaws()).as("character " + i).containsExactly(changed(431));
            log.execute("update kept.journal set entry = '" + before + "' where seq = 431");
        }
        assertThat(log.flaws()).isEmpty();
    }

    @Test
    void entries_that_changed_places_are_missing_or_too_many_are_named() {
        log.execute("update kept.journal set seq = -1 where seq = 10");
        log.execute("delete from kept.journal where seq = 300");
        log.execute("update kept.journal set seq = 900 where seq = 599");

        assertThat(log.flaws())
                .containsExactlyInAnyOrder(
                        new Flaw.EntryMissing(10),
                        new Flaw.EntryMissing(300),
                        new Flaw.EntryMissing(599),
                        new Flaw.Superfluous("entry -1"),
                        new Flaw.Superfluous("entry 900"));
        log.execute("update kept.journal set seq = -2 where seq = 20");
        log.execute("update kept.journal set seq = 20 where seq = 21");
        log.execute("update kept.journal set seq = 21 where seq = -2");
        assertThat(log.flaws()).contains(changed(20), changed(21));
    }

    @Test
    void a_head_that_says_more_or_less_than_there_is_is_named_and_not_believed() {
        log.execute("update kept.ledger_head set size = 4000000000000");
        assertThat(log.flaws())
                .containsExactly(new Flaw.CheckpointBroken(
                        "the number of entries", "it is 4000000000000, and the last that is there is 599"));
        log.execute("update kept.ledger_head set size = 598");
        assertThat(log.flaws())
                .containsExactlyInAnyOrder(
                        new Flaw.Truncated("the checkpoint of size 600", 600, 598),
                        new Flaw.Superfluous("entry 598"),
                        new Flaw.Superfluous("entry 599"));
    }

    @Test
    void every_byte_of_every_tile_is_checked() {
        Random random = new Random(1);
        for (int i = 0; i < 12; i++) {
            flip(0, 0, random.nextInt(256 * 32), tile(0, 0, 256));
            flip(0, 2, random.nextInt(88 * 32), tile(0, 2, 88));
            flip(1, 0, random.nextInt(2 * 32), tile(1, 0, 2));
        }
        assertThat(log.flaws()).isEmpty();
    }

    private void flip(int level, int index, int place, LogFile.Tile tile) {
        String flip = "update kept.ledger_tile set hashes = set_byte(hashes, " + place + ", get_byte(hashes, " + place
                + ") # 16) where level = " + level + " and index = " + index;
        log.execute(flip);
        assertThat(log.flaws()).containsExactly(new Flaw.HashChanged(tile, place / 32));
        log.execute(flip);
    }

    @Test
    void tiles_that_are_missing_short_long_or_of_no_tree_are_named() {
        log.execute("delete from kept.ledger_tile where level = 0 and index = 1");
        log.execute("update kept.ledger_tile set hashes = hashes || '\\x00' where level = 1");
        log.execute(
                "insert into kept.ledger_tile values (5, 0, '\\x00'), (0, 7000, '\\x'), (9, 0, '\\x'), (-1, 0, '\\x')");

        List<Flaw> flaws = log.flaws();

        assertThat(flaws)
                .contains(
                        new Flaw.TileMissing(tile(0, 1, 256)),
                        new Flaw.Superfluous("tile 0 of level 5"),
                        new Flaw.Superfluous("tile 0 of level 9"),
                        new Flaw.Superfluous("tile 0 of level -1"));
    }

    @Test
    void each_part_of_a_checkpoint_is_signed_and_its_size_stands_beside_it() {
        String note = ledger.checkpoint().orElseThrow();
        for (int i = 0; i < note.length(); i += 5) {
            String flipped = note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
            set(flipped);
            assertThat(log.flaws())
                    .as("character " + i)
                    .hasSize(1)
                    .allMatch(flaw -> flaw instanceof Flaw.CheckpointBroken broken
                            && broken.which().equals("the checkpoint of size " + ENTRIES));
        }
        set(note);
        assertThat(log.flaws()).isEmpty();
        log.execute("update kept.ledger_checkpoint set size = 101 where size = 100");
        assertThat(log.flaws())
                .containsExactly(new Flaw.CheckpointBroken("the checkpoint of size 101", "it signs 100 entries"));
    }

    private void set(String note) {
        log.state()
                .database()
                .useHandle(
                        handle -> handle.createUpdate("update kept.ledger_checkpoint set note = :note where size = 600")
                                .bind("note", note)
                                .execute());
    }

    @Test
    void each_part_of_a_key_counts() {
        String key = ledger.keys().getFirst().toString();
        for (int i = 0; i < key.length(); i += 5) {
            String flipped = key.substring(0, i) + (char) (key.charAt(i) ^ 1) + key.substring(i + 1);
            log.execute("update kept.ledger_key set verifier = '" + flipped.replace("'", "''") + "'");
            assertThat(log.flaws()).as("character " + i).isNotEmpty();
            log.execute("update kept.ledger_key set verifier = '" + key + "'");
        }
        log.execute("update kept.ledger_key set signer = '"
                + SigningKey.of(Log.ORIGIN, new byte[32]).revealText() + "'");
        assertThat(log.flaws()).hasSize(1).first().asString().contains("its private half is another key's");
    }

    @Test
    void what_was_cut_off_together_with_all_that_told_of_it_is_found_against_an_earlier_checkpoint() {
        byte[] earlier = ledger.checkpoint().orElseThrow().getBytes(StandardCharsets.UTF_8);
        cutTo100();

        assertThat(log.flaws()).isEmpty();
        assertThat(log.flaws(new Given("that of yesterday", earlier)))
                .containsExactly(new Flaw.Truncated("that of yesterday", 600, 100));
    }

    /** As a backup of the time would have it. */
    private void cutTo100() {
        byte[] first = ledger.file("tile/0/000.p/100").orElseThrow();
        log.execute("delete from kept.journal where seq >= 100; update kept.ledger_head set size = 100;"
                + " delete from kept.ledger_checkpoint where size > 100; delete from kept.ledger_tile");
        log.state()
                .database()
                .useHandle(handle -> handle.createUpdate("insert into kept.ledger_tile values (0, 0, :hashes)")
                        .bind("hashes", first)
                        .execute());
    }

    @Test
    void a_ledger_that_was_rolled_back_and_goes_on_otherwise_is_found_against_an_earlier_checkpoint_and_not_exported()
            throws SQLException {
        ledger.export(folder, Ledger.Progress.NONE);
        byte[] earlier = ledger.checkpoint().orElseThrow().getBytes(StandardCharsets.UTF_8);
        cutTo100();
        log.state().journal().append(null, "another", Map.of());
        log.append(700);
        ledger.publish();

        assertThat(log.flaws()).isEmpty();
        assertThat(log.flaws(new Given("that of yesterday", earlier)))
                .containsExactly(new Flaw.HistoryChanged("that of yesterday", 600, 100));
        assertThatThrownBy(() -> ledger.export(folder, Ledger.Progress.NONE))
                .hasMessageContaining("signs another history than the ledger's");
    }

    @Test
    void a_checkpoint_of_another_log_or_of_nobody_is_no_measure() {
        SignedNote note = SignedNote.parse(ledger.checkpoint().orElseThrow());
        String text = note.text().replace(Log.ORIGIN, "another.example/log");
        SigningKey stranger = SigningKey.of(Log.ORIGIN, new byte[32]);

        assertThat(log.flaws(new Given(
                        "a stranger's",
                        SignedNote.sign(text, List.of(stranger)).write().getBytes(StandardCharsets.UTF_8))))
                .containsExactly(new Flaw.CheckpointBroken("a stranger's", "no key that is known has signed"));
        assertThat(log.flaws(new Given("nonsense", new byte[] {1, 2, 3})))
                .hasSize(1)
                .first()
                .isInstanceOf(Flaw.CheckpointBroken.class);
    }

    @Test
    void a_forger_who_has_all_but_the_key_is_found_by_whoever_knows_the_key() {
        List<Flaw> flaws = new ArrayList<>();
        ledger.verify(
                List.of(),
                List.of(SigningKey.of(Log.ORIGIN, new byte[32]).verifier()),
                flaws::add,
                Ledger.Progress.NONE);
        assertThat(flaws).hasSize(2).allMatch(flaw -> flaw instanceof Flaw.CheckpointBroken);
    }

    // ------------------------------------------------------------------------------------------------ files

    private List<Flaw> fileFlaws() {
        List<Flaw> flaws = new ArrayList<>();
        new ExportAudit(folder).verify(List.of(), List.of(), flaws::add, Ledger.Progress.NONE);
        return flaws;
    }

    @Test
    void an_export_is_right_and_every_flipped_bit_of_any_file_is_found() throws Exception {
        ledger.export(folder, Ledger.Progress.NONE);
        assertThat(fileFlaws()).isEmpty();
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSize(2 + 3 + 1 + 3);
        Random random = new Random(2);
        for (Path file : files) {
            byte[] right = Files.readAllBytes(file);
            for (int i = 0; i < 15; i++) {
                byte[] flipped = right.clone();
                flipped[random.nextInt(right.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, flipped);
                List<Flaw> flaws = new ArrayList<>();
                try {
                    flaws = fileFlaws();
                } catch (CannotRun noKeyLeft) {
                    assertThat(file.getFileName().toString()).isEqualTo("keys");
                    continue;
                }
                assertThat(flaws).as(file.toString()).isNotEmpty();
                assertThat(flaws.getFirst()).as(file.toString()).isInstanceOf(expected(file));
            }
            Files.write(file, right);
        }
        assertThat(fileFlaws()).isEmpty();
    }

    private Class<? extends Flaw> expected(Path file) {
        String path = folder.relativize(file).toString();
        if (path.startsWith("tile/entries")) {
            return Flaw.class;
        }
        return path.startsWith("tile/") ? Flaw.HashChanged.class : Flaw.CheckpointBroken.class;
    }

    @Test
    void a_size_that_nobody_signed_is_not_believed() throws Exception {
        ledger.export(folder, Ledger.Progress.NONE);
        Path checkpoint = folder.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n600\n", "\n9000000000000000000\n"));

        assertThat(fileFlaws())
                .hasAtLeastOneElementOfType(Flaw.CheckpointBroken.class)
                .hasSizeLessThan(1_000);
    }

    @Test
    void a_flipped_bit_within_an_exported_entry_names_the_entry() throws Exception {
        ledger.export(folder, Ledger.Progress.NONE);
        Path bundle = folder.resolve("tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[2] ^= 1;
        Files.write(bundle, bytes);
        assertThat(fileFlaws()).containsExactly(changed(256));
    }

    @Test
    void files_that_are_missing_cut_or_too_many_are_named() throws Exception {
        ledger.export(folder, Ledger.Progress.NONE);
        Files.delete(folder.resolve("tile/0/001"));
        Path bundle = folder.resolve("tile/entries/000");
        Files.write(bundle, Arrays.copyOf(Files.readAllBytes(bundle), 200));
        Files.write(folder.resolve("tile/0/x001"), new byte[1]);
        Files.createDirectories(folder.resolve("tile/0/002.p"));
        Files.write(folder.resolve("tile/0/002.p/7"), new byte[7 * 32]);

        assertThat(fileFlaws())
                .containsExactlyInAnyOrder(
                        new Flaw.TileMissing(tile(0, 1, 256)),
                        new Flaw.BundleUnreadable(new LogFile.Bundle(0, 256), "a bundle ends within its entry 1"),
                        new Flaw.Superfluous("`tile/0/x001`"),
                        new Flaw.Superfluous("`tile/0/002.p/7`"));
    }

    @Test
    void an_export_grows_and_what_is_partial_no_more_goes() throws Exception {
        ledger.export(folder, Ledger.Progress.NONE);
        log.append(200);
        Ledger.Exported exported = ledger.export(folder, Ledger.Progress.NONE);

        assertThat(exported.size()).isEqualTo(800);
        assertThat(exported.left()).isEqualTo(4);
        assertThat(folder.resolve("tile/0/002.p")).doesNotExist();
        assertThat(folder.resolve("tile/0/002")).exists();
        assertThat(folder.resolve("tile/entries/003.p/32")).exists();
        assertThat(folder.resolve("tile/1/000.p/3")).exists();
        assertThat(folder.resolve("tile/1/000.p/2")).doesNotExist();
        assertThat(fileFlaws()).isEmpty();
        assertThat(Checkpoint.parse(SignedNote.parse(Files.readString(folder.resolve("checkpoint")))
                                .text())
                        .size())
                .isEqualTo(800);
    }
}
