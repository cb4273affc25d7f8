package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is changed in a log is named: which entry, which hash, which checkpoint. */
class AuditTest {

    private static final long LARGE = 70_000;

    private static Head head(long size) {
        return new Head("checkpoint " + size, size, root(size));
    }

    private static Hash root(long size) {
        CompactRange range = new CompactRange();
        for (long i = 0; i < size; i++) {
            range.append(Hash.leaf(Leaves.entry(i)));
        }
        return range.root();
    }

    private static List<Flaw> audit(
            long size, Map<String, byte[]> files, List<Head> heads, long entries, Set<Long> changed) {
        List<Flaw> flaws = new ArrayList<>();
        Audit audit = new Audit(size, Leaves.tiles(files), heads, flaws::add);
        for (long i = 0; i < entries; i++) {
            audit.entry(changed.contains(i) ? new byte[] {1} : Leaves.entry(i));
        }
        audit.end();
        return flaws;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 255, 256, 257, 512, 700, LARGE})
    void a_log_as_it_should_be_has_no_flaw(long size) {
        List<Head> heads = new ArrayList<>(List.of(head(0), head(size)));
        if (size > 1) {
            heads.addAll(List.of(head(1), head(size / 2), head(size - 1)));
        }
        Map<String, byte[]> files = Leaves.files(size);

        assertThat(audit(size, files, heads, size, Set.of())).isEmpty();
        heads.add(head(size + 300));
        assertThat(audit(size, files, heads, size + 300, Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 512, 700})
    void a_changed_entry_is_named_wherever_it_stands(long size) {
        Map<String, byte[]> files = Leaves.files(size);
        Head head = head(size);
        for (long i = 0; i < size; i++) {
            assertThat(audit(size, files, List.of(head), size, Set.of(i))).containsExactly(new Flaw.EntryChanged(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 257, 700, LARGE})
    void a_changed_hash_of_any_tile_is_named(long size) {
        Map<String, byte[]> files = Leaves.files(size);
        Head head = head(size);
        Random random = new Random(size);
        for (String path : List.copyOf(files.keySet())) {
            if (path.contains("entries") || path.startsWith("tile/0/") && size == LARGE && random.nextInt(40) > 0) {
                continue;
            }
            LogFile.Tile tile = (LogFile.Tile) LogFile.parse(path).orElseThrow();
            int position = random.nextInt(tile.width());
            byte[] bytes = files.get(path);
            bytes[position * Hash.BYTES + random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
            assertThat(audit(size, files, List.of(head), size, Set.of()))
                    .containsExactly(new Flaw.HashChanged(tile, position));
            files.put(path, Leaves.files(size).get(path));
        }
    }

    @Test
    void several_changes_are_all_named() {
        Map<String, byte[]> files = Leaves.files(700);
        files.get("tile/0/000")[0] ^= 1;
        files.get("tile/0/002.p/188")[40] ^= 1;

        assertThat(audit(700, files, List.of(head(700)), 700, Set.of(300L, 301L)))
                .containsExactlyInAnyOrder(
                        new Flaw.HashChanged(new LogFile.Tile(0, 0, 256), 0),
                        new Flaw.EntryChanged(300),
                        new Flaw.EntryChanged(301),
                        new Flaw.HashChanged(new LogFile.Tile(0, 2, 188), 1));
    }

    @Test
    void an_entry_replaced_together_with_its_hash_is_found_by_the_hash_above() {
        Map<String, byte[]> files = Leaves.files(700);
        Hash.leaf(new byte[] {1}).copyTo(files.get("tile/0/001"), 44);

        assertThat(audit(700, files, List.of(head(700)), 700, Set.of(300L)))
                .containsExactly(new Flaw.EntriesReplaced(256, 512), new Flaw.HistoryChanged("checkpoint 700", 700, 0));
    }

    @Test
    void entries_replaced_with_all_hashes_above_are_found_by_the_signed_root_and_earlier_ones_say_where() {
        Map<String, byte[]> files = Leaves.files(700);
        Hash.leaf(new byte[] {1}).copyTo(files.get("tile/0/001"), 44);
        TileSubtrees.root(files.get("tile/0/001"), 0, 256).copyTo(files.get("tile/1/000.p/2"), 1);

        List<Head> heads = List.of(head(100), head(299), head(300), head(301), head(700));
        assertThat(audit(700, files, heads, 700, Set.of(300L)))
                .containsExactly(
                        new Flaw.HistoryChanged("checkpoint 301", 301, 300),
                        new Flaw.HistoryChanged("checkpoint 700", 700, 300));
    }

    @Test
    void entries_cut_off_are_found_by_a_checkpoint_that_signs_them() {
        Map<String, byte[]> files = Leaves.files(700);

        assertThat(audit(700, files, List.of(head(300), head(700)), 600, Set.of()))
                .containsExactly(new Flaw.Truncated("checkpoint 700", 700, 600));
        assertThat(audit(300, Leaves.files(300), List.of(head(300), head(700)), 300, Set.of()))
                .containsExactly(new Flaw.Truncated("checkpoint 700", 700, 300));
        assertThat(audit(0, Map.of(), List.of(head(1)), 0, Set.of()))
                .containsExactly(new Flaw.Truncated("checkpoint 1", 1, 0));
    }

    @Test
    void entries_that_cannot_be_had_do_not_make_others_look_changed() {
        Map<String, byte[]> files = Leaves.files(700);
        Set<Long> unknown = Set.of(3L, 4L, 699L);
        List<Flaw> flaws = new ArrayList<>();
        Audit audit = new Audit(700, Leaves.tiles(files), List.of(head(10), head(700)), flaws::add);
        for (long i = 0; i < 700; i++) {
            if (unknown.contains(i)) {
                audit.unknown();
            } else {
                audit.entry(Leaves.entry(i));
            }
        }
        audit.end();

        assertThat(flaws).isEmpty();
    }

    @Test
    void a_missing_tile_is_named_and_what_lies_below_it_still_checked() {
        Map<String, byte[]> files = Leaves.files(700);
        files.remove("tile/0/001");
        files.put("tile/0/002.p/188", new byte[187 * Hash.BYTES]);

        assertThat(audit(700, files, List.of(head(700)), 700, Set.of()))
                .containsExactlyInAnyOrder(
                        new Flaw.TileMissing(new LogFile.Tile(0, 1, 256)),
                        new Flaw.TileMissing(new LogFile.Tile(0, 2, 188)));
        assertThat(audit(700, files, List.of(head(700)), 700, Set.of(300L))).hasSize(4);
    }

    @Test
    void without_a_signed_root_the_last_entry_and_its_hash_are_named_together() {
        Map<String, byte[]> files = Leaves.files(700);

        assertThat(audit(700, files, List.of(), 700, Set.of(699L)))
                .containsExactly(new Flaw.EntryOrHashChanged(699, new LogFile.Tile(0, 2, 188), 187));
    }

    @Test
    void every_flaw_has_a_word_and_a_sentence() {
        List<Flaw> all = List.of(
                new Flaw.EntryChanged(1),
                new Flaw.EntryMissing(1),
                new Flaw.BundleUnreadable(new LogFile.Bundle(0, 3), "it ends early"),
                new Flaw.HashChanged(new LogFile.Tile(0, 0, 3), 1),
                new Flaw.EntryOrHashChanged(1, new LogFile.Tile(0, 0, 3), 1),
                new Flaw.EntriesReplaced(0, 256),
                new Flaw.TileMissing(new LogFile.Tile(0, 0, 3)),
                new Flaw.TileMisshapen(new LogFile.Tile(0, 0, 3)),
                new Flaw.Superfluous("row 9"),
                new Flaw.CheckpointBroken("the checkpoint", "nobody signed it"),
                new Flaw.HistoryChanged("the checkpoint", 9, 3),
                new Flaw.Truncated("the checkpoint", 9, 3));

        assertThat(all).extracting(Flaw::kind).doesNotHaveDuplicates().contains("entry-changed", "history-changed");
        Set<String> sentences = new HashSet<>();
        all.forEach(flaw -> sentences.add(flaw.says()));
        assertThat(sentences).hasSize(all.size()).allMatch(sentence -> !sentence.endsWith("."));
    }
}
