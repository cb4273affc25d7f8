package dev.kept.core.datamap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Index;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkIndexTest {

    private static final TableName POSTS = new TableName("public", "posts");

    /** Whether an index on {@code columns} with this predicate serves a link of the same columns. */
    private static boolean serves(String predicate, String... columns) {
        List<String> link = List.of(columns);
        CatalogueTable posts = new CatalogueTable(
                POSTS,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Index("i", link, false, Optional.of(predicate))),
                List.of(),
                Optional.empty(),
                false,
                -1,
                -1);
        return LinkIndex.supports(
                posts, new Link(POSTS, link, new TableName("public", "people"), link, Match.EXACT, true, link, true));
    }

    @Test
    void an_index_that_leaves_out_only_rows_that_refer_to_nothing_finds_all_that_refer() {
        assertThat(serves("(author_id IS NOT NULL)", "author_id")).isTrue();
        assertThat(serves("(\"authorId\" IS NOT NULL)", "authorId")).isTrue();
        assertThat(serves("((a IS NOT NULL) AND (b IS NOT NULL))", "a", "b")).isTrue();
    }

    @Test
    void an_index_that_leaves_out_anything_else_does_not() {
        assertThat(serves("(deleted_at IS NULL)", "author_id")).isFalse();
        assertThat(serves("(deleted_at IS NOT NULL)", "author_id")).isFalse();
        assertThat(serves("((author_id IS NOT NULL) AND (deleted_at IS NULL))", "author_id"))
                .isFalse();
        assertThat(serves("((author_id IS NOT NULL) OR visible)", "author_id")).isFalse();
        assertThat(serves("((NOT (author_id IS NOT NULL)))", "author_id")).isFalse();
    }
}
