package dev.kept.core.datamap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueFileTest {

    private static final TableName PLAIN = TableName.parse("a");
    private static final TableName AWKWARD = new TableName("crm.old", "Some: \"table\" #1");

    private static CatalogueColumn column(String name, String type) {
        return new CatalogueColumn(name, type, type, false, false, false, List.of(), List.of());
    }

    private static CatalogueTable plain() {
        return new CatalogueTable(
                PLAIN,
                columns(column("id", "bigint")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                -1,
                -1);
    }

    private static Map<String, CatalogueColumn> columns(CatalogueColumn... columns) {
        Map<String, CatalogueColumn> byName = new LinkedHashMap<>();
        Stream.of(columns).forEach(column -> byName.put(column.name(), column));
        return byName;
    }

    private static CatalogueTable awkward() {
        return new CatalogueTable(
                AWKWARD,
                columns(
                        new CatalogueColumn("id", "bigint", "bigint", true, false, true, List.of(), List.of()),
                        new CatalogueColumn(
                                "true",
                                "email",
                                "citext",
                                true,
                                false,
                                false,
                                List.of(new Check("email_check", List.of("VALUE"), "(VALUE ~ '^[^@]+@'::citext)")),
                                List.of()),
                        new CatalogueColumn(
                                "1",
                                "mood",
                                "mood",
                                false,
                                false,
                                false,
                                List.of(),
                                List.of("no", "", " so so ", "no", "null", "ÄÖ, {x}")),
                        new CatalogueColumn(
                                " öäü: ",
                                "timestamp(3) with time zone",
                                "timestamp(3) with time zone",
                                false,
                                true,
                                false,
                                List.of(),
                                List.of())),
                List.of("id", "true"),
                List.of(
                        new UniqueKey("u1", List.of("true"), true, false, Optional.empty()),
                        new UniqueKey(
                                "u2", List.of("lower(\"true\")"), false, true, Optional.of("(\"1\" IS NOT NULL)"))),
                List.of(new ForeignKey(
                        "fk", AWKWARD, List.of("1"), PLAIN, List.of("id"), Action.SET_NULL, Action.CASCADE, true)),
                List.of(new Check("c", List.of("1", "true"), "((length(\"1\") > 0) OR ('#'::text <> ': '::text))")),
                List.of(new Index("i", List.of("true", "1"), true, Optional.of("(a > 0)"))),
                List.of(
                        new Trigger(
                                "t1",
                                List.of("DELETE", "UPDATE"),
                                true,
                                true,
                                "  begin\n\tnew.x := 'ä';\n  -- \r\n\n  return new;  \nend\n\n"),
                        new Trigger("t2", List.of("INSERT"), false, false, "BEGIN\n  RETURN NULL;\nEND"),
                        new Trigger("t3", List.of("TRUNCATE"), false, true, "")),
                Optional.of(new Partitioning("range", List.of("id"), List.of(PLAIN, TableName.parse("b")))),
                true,
                5_000_000_000L,
                12);
    }

    private static Catalogue of(CatalogueTable... tables) {
        Map<TableName, CatalogueTable> byName = new LinkedHashMap<>();
        Stream.of(tables).forEach(table -> byName.put(table.name(), table));
        return new Catalogue("PostgreSQL 18.0 (Debian 18.0-1)", byName);
    }

    private static Reading<Catalogue> read(String text) {
        return CatalogueFile.read(new SourceText("shop.catalogue.yaml", text));
    }

    @Test
    void every_field_comes_back_as_it_was() {
        Catalogue catalogue = of(plain(), awkward());
        String text = CatalogueFile.write(catalogue);
        Reading<Catalogue> again = read(text);
        assertThat(again.problems()).as(text).isEmpty();
        assertThat(again.value()).contains(catalogue);
        assertThat(again.value().orElseThrow().tables().get(AWKWARD))
                .extracting(table -> List.copyOf(table.columns().keySet()))
                .isEqualTo(List.of("id", "true", "1", " öäü: "));
    }

    @Test
    void the_file_looks_as_it_did() {
        assertThat(CatalogueFile.write(of(plain(), awkward())))
                .isEqualTo(Documents.good("shop.catalogue.yaml").text());
    }

    @Test
    void the_order_of_tables_changes_nothing() {
        assertThat(CatalogueFile.write(of(awkward(), plain()))).isEqualTo(CatalogueFile.write(of(plain(), awkward())));
    }

    @Test
    void a_column_is_a_line() {
        assertThat(CatalogueFile.write(of(awkward())).lines())
                .contains("      id: {type: bigint, not-null: true, identity: true}");
    }

    @Test
    void what_is_usual_is_left_out() {
        assertThat(CatalogueFile.write(of(plain()))).isEqualTo("""
                        # What the database says its schema is. Written by `kept map`; commit it beside the map.
                        product: PostgreSQL 18.0 (Debian 18.0-1)
                        tables:
                          a:
                            columns:
                              id: {type: bigint}
                            rows: -1
                            pages: -1
                        """);
    }
}
