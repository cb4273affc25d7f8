package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another program says of roots and proofs, good and bad ones. */
class MerkleVectorsTest {

    static Stream<String> lines(String kind) throws IOException {
        try (InputStream vectors = MerkleVectorsTest.class.getResourceAsStream("/ledger/vectors.txt")) {
            String text = new String(Objects.requireNonNull(vectors).readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines =
                    text.lines().filter(line -> line.startsWith(kind + " ")).toList();
            assertThat(lines).hasSizeGreaterThan(20);
            return lines.stream();
        }
    }

    static Stream<String> roots() throws IOException {
        return lines("root");
    }

    static Stream<String> inclusions() throws IOException {
        return lines("inclusion");
    }

    static Stream<String> consistencies() throws IOException {
        return lines("consistency");
    }

    @ParameterizedTest
    @MethodSource("roots")
    void a_tree_has_its_root_however_it_is_made(String line) {
        String[] words = line.split(" ");
        long size = Long.parseLong(words[1]);
        Hash root = Hash.parse(words[2]);

        assertThat(Leaves.tree(size).root()).isEqualTo(root);
        CompactRange grown = new CompactRange();
        for (long i = 0; i < size; i++) {
            grown.append(Hash.leaf(Leaves.entry(i)));
        }
        assertThat(grown.root()).isEqualTo(root);
        TileSubtrees tiles = new TileSubtrees(size, Leaves.tiles(Leaves.files(size)));
        assertThat(new MerkleTree(size, tiles).root()).isEqualTo(root);
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void an_inclusion_proof_holds_if_it_is_good_and_else_not(String line) {
        String[] words = line.split(" ");
        long index = Long.parseLong(words[2]);
        long size = Long.parseLong(words[3]);
        boolean good = words[1].equals("good");
        InclusionProof proof = new InclusionProof(index, size, path(words[6]));

        assertThat(proof.proves(Hash.parse(words[4]), Hash.parse(words[5]))).isEqualTo(good);
        if (good) {
            assertThat(Leaves.tree(size).inclusion(index)).isEqualTo(proof);
            TileSubtrees tiles = new TileSubtrees(size, Leaves.tiles(Leaves.files(size)));
            assertThat(new MerkleTree(size, tiles).inclusion(index)).isEqualTo(proof);
        }
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void a_consistency_proof_holds_if_it_is_good_and_else_not(String line) {
        String[] words = line.split(" ");
        long earlier = Long.parseLong(words[2]);
        long size = Long.parseLong(words[3]);
        boolean good = words[1].equals("good");
        ConsistencyProof proof = new ConsistencyProof(earlier, size, path(words[6]));

        assertThat(proof.proves(Hash.parse(words[4]), Hash.parse(words[5]))).isEqualTo(good);
        if (good) {
            assertThat(Leaves.tree(size).consistency(earlier)).isEqualTo(proof);
        }
    }

    private static List<Hash> path(String words) {
        return words.equals("-")
                ? List.of()
                : Arrays.stream(words.split(",")).map(Hash::parse).toList();
    }
}
