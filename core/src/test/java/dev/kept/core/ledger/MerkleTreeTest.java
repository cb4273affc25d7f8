package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final int SIZES = 70;

    @Test
    void every_leaf_of_every_small_tree_is_proven_and_at_no_other_place() {
        for (int size = 1; size <= SIZES; size++) {
            Hash root = Leaves.tree(size).root();
            for (int index = 0; index < size; index++) {
                InclusionProof proof = Leaves.tree(size).inclusion(index);
                for (int other = 0; other < size; other++) {
                    Hash leaf = Hash.leaf(Leaves.entry(other));
                    assertThat(proof.proves(leaf, root)).isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void every_small_tree_is_proven_to_begin_with_each_earlier_one_and_with_no_other() {
        for (int size = 1; size <= SIZES; size++) {
            Hash root = Leaves.tree(size).root();
            for (int earlier = 1; earlier <= size; earlier++) {
                ConsistencyProof proof = Leaves.tree(size).consistency(earlier);
                for (int other = 0; other <= size; other++) {
                    assertThat(proof.proves(Leaves.tree(other).root(), root)).isEqualTo(other == earlier);
                }
            }
        }
    }

    @Test
    void a_range_goes_on_from_tiles_where_it_ended() {
        for (long size : List.of(0L, 1L, 255L, 256L, 257L, 511L, 700L)) {
            CompactRange range = CompactRange.of(size, new TileSubtrees(size, Leaves.tiles(Leaves.files(size))));
            assertThat(range.root()).isEqualTo(Leaves.tree(size).root());
            range.append(Hash.leaf(Leaves.entry(size)));
            range.append(Hash.leaf(Leaves.entry(size + 1)));
            assertThat(range.size()).isEqualTo(size + 2);
            assertThat(range.root()).isEqualTo(Leaves.tree(size + 2).root());
        }
    }

    @Test
    void what_a_tree_does_not_have_is_not_proven() {
        assertThatThrownBy(() -> Leaves.tree(0).inclusion(0)).hasMessage("a tree of 0 leaves has no leaf 0");
        assertThatThrownBy(() -> Leaves.tree(3).inclusion(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Leaves.tree(3).inclusion(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Leaves.tree(3).consistency(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Leaves.tree(3).consistency(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MerkleTree(-1, Leaves::root)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tiles_do_not_depend_on_where_appending_broke_off() {
        for (long first : List.of(1L, 100L, 255L, 256L, 400L)) {
            var before = Leaves.files(first);
            List<String> changed = new ArrayList<>();
            TileAppender appender = new TileAppender(first, Leaves.tiles(before));
            assertThat(appender.size()).isEqualTo(first);
            for (long i = first; i < 600; i++) {
                appender.append(Hash.leaf(Leaves.entry(i)), full -> {
                    before.put(full.tile().path(), full.hashes());
                    changed.add(full.tile().path());
                });
            }
            appender.partial().forEach(partial -> before.put(partial.tile().path(), partial.hashes()));
            Leaves.files(600).forEach((path, bytes) -> {
                if (!path.contains("entries")) {
                    assertThat(before.get(path)).as(path).isEqualTo(bytes);
                }
            });
            assertThat(changed).hasSize(first < 256 ? 2 : 1);
        }
    }
}
