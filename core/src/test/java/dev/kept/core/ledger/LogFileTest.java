package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileTest {

    @Test
    void paths_are_written_as_the_specification_shows() {
        assertThat(new LogFile.Tile(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new LogFile.Tile(2, 0, 1).path()).isEqualTo("tile/2/000.p/1");
        assertThat(new LogFile.Bundle(999, 255).path()).isEqualTo("tile/entries/999.p/255");
        assertThat(new LogFile.Bundle(1000, 256).path()).isEqualTo("tile/entries/x001/000");
        assertThat(new LogFile.CheckpointFile().path()).isEqualTo("checkpoint");
    }

    @Test
    void a_path_reads_as_what_it_was_written_from() {
        for (long index : List.of(0L, 1L, 999L, 1000L, 70_000L, 1_000_000L, 123_456_789_012_345_678L)) {
            for (int width : List.of(1, 17, 255, 256)) {
                LogFile tile = new LogFile.Tile(3, index, width);
                LogFile bundle = new LogFile.Bundle(index, width);
                assertThat(LogFile.parse(tile.path())).contains(tile);
                assertThat(LogFile.parse(bundle.path())).contains(bundle);
            }
        }
        assertThat(LogFile.parse("checkpoint")).contains(new LogFile.CheckpointFile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/checkpoint",
                "checkpoint/",
                "tile/0/0",
                "tile/0/0000",
                "tile/00/000",
                "tile/8/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/x000/001",
                "tile/0/001/002",
                "tile/0/x001/x002",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/999",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/0/000.p/1/",
                "tile/0/../0/000",
                "tile/entries/",
                "tile/entry/000",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                "tile/0/٠٠٠",
                "tile/0/000\n"
            })
    void no_other_path_is_one(String path) {
        assertThat(LogFile.parse(path)).isEqualTo(Optional.empty());
    }

    @Test
    void a_tree_of_70000_has_the_tiles_of_the_specification_s_example() {
        assertThat(LogFile.width(70_000, 0, 272)).isEqualTo(256);
        assertThat(LogFile.width(70_000, 0, 273)).isEqualTo(112);
        assertThat(LogFile.width(70_000, 0, 274)).isZero();
        assertThat(LogFile.width(70_000, 1, 0)).isEqualTo(256);
        assertThat(LogFile.width(70_000, 1, 1)).isEqualTo(17);
        assertThat(LogFile.width(70_000, 2, 0)).isEqualTo(1);
        assertThat(LogFile.width(70_000, 3, 0)).isZero();
        assertThat(LogFile.width(256, 0, 0)).isEqualTo(256);
        assertThat(LogFile.width(256, 1, 0)).isEqualTo(1);
        assertThat(LogFile.width(0, 0, 0)).isZero();
        assertThat(LogFile.width(Long.MAX_VALUE, 0, 999_999_999_999_999_999L)).isZero();
    }

    @Test
    void bundles_read_as_what_they_were_written_from() {
        List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[65_535]);
        byte[] bundle = EntryBundle.write(entries);

        assertThat(Arrays.copyOf(bundle, 7)).containsExactly(0, 0, 0, 1, 1, 0xff, 0xff);
        assertThat(EntryBundle.read(bundle, 3)).containsExactlyElementsOf(entries);
        assertThat(EntryBundle.read(new byte[0], 0)).isEmpty();
    }

    @Test
    void a_bundle_with_too_little_too_much_or_too_long_entries_is_none() {
        byte[] bundle = EntryBundle.write(List.of(new byte[3], new byte[2]));

        assertThatThrownBy(() -> EntryBundle.read(bundle, 1)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> EntryBundle.read(bundle, 3)).isInstanceOf(MalformedLog.class);
        for (int length = 0; length < bundle.length; length++) {
            byte[] cut = Arrays.copyOf(bundle, length);
            assertThatThrownBy(() -> EntryBundle.read(cut, 2)).isInstanceOf(MalformedLog.class);
        }
        assertThatThrownBy(() -> EntryBundle.write(List.of(new byte[65_536]))).isInstanceOf(MalformedLog.class);
        List<byte[]> many = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            many.add(new byte[0]);
        }
        assertThatThrownBy(() -> EntryBundle.write(many)).isInstanceOf(MalformedLog.class);
    }
}
