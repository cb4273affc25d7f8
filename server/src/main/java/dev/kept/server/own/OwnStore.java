package dev.kept.server.own;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.Span;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.LiveStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Kept's own database as a store: a map and rules that come with Kept, bound to the live schema like a company's, planned, swept and proved by the
 * same code. Only tables of requests are in it; whose end another part sees to are left out, and nothing outside refers to them.
 */
public final class OwnStore {

    /** As `--store` calls it. */
    public static final String NAME = "kept";

    private OwnStore() {}

    /** Whether Kept's own database is meant, and no store of the company's that is called so. */
    public static boolean meant(Home home, Optional<String> name) {
        return name.filter(NAME::equals).isPresent() && !home.checked().stores().containsKey(NAME);
    }

    /** The store as it is now. */
    public static LiveStore live(Home home) {
        home.state();
        return live(home.checked().notice().orElseThrow(), Retention.of(home), home.stateSource());
    }

    /** @param company whose controller answers for it, in whose zone periods are counted */
    static LiveStore live(Notice company, Retention retention, DataSource source) {
        LiveSchema schema = LiveStore.schema(source);
        Notice notice = notice(company, retention);
        Store map = map(company, schema.catalogue());
        Catalogue catalogue = only(schema.catalogue(), map);
        Reading<BoundStore> bound = LiveCheck.tie(notice, map, Places.none(NAME), catalogue);
        BoundStore tied = bound.value().orElseThrow(() -> unfit(bound));
        return LiveStore.known(
                tied, new LiveSchema(catalogue, schema.role(), schema.grants(), schema.leftOut()), source);
    }

    private static IllegalStateException unfit(Reading<BoundStore> bound) {
        return new IllegalStateException("kept's own map does not fit its own database: "
                + bound.problems().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .map(Problem::message)
                        .collect(Collectors.joining("; ")));
    }

    private static Notice notice(Notice company, Retention retention) {
        String text = resource("notice.yaml")
                .replace("${kept-for}", written(retention.keptFor()))
                .replace("${answer}", written(retention.answer()));
        Notice own = whole(NoticeReader.read(new SourceText("kept/notice.yaml", text)));
        return new Notice(
                own.name(),
                own.languages(),
                company.controller(),
                own.covers(),
                own.collects(),
                own.uses(),
                own.shares(),
                own.never(),
                own.cookies(),
                own.keeps(),
                own.signals(),
                company.contact(),
                own.rights());
    }

    private static String written(Span span) {
        return span.toString();
    }

    /** Without tables that the database does not have yet. */
    private static Store map(Notice company, Catalogue live) {
        Store map = whole(MapReader.read(
                new SourceText("kept/map.yaml", resource("map.yaml")),
                company.controller().zone()));
        Map<TableName, Table> there = new LinkedHashMap<>();
        map.tables().forEach((name, table) -> {
            if (live.find(name).isPresent()) {
                there.put(name, table);
            }
        });
        return new Store(
                map.name(), map.database(), map.zone(), map.sentinels(), map.epoch(), map.backupsKeptFor(), there);
    }

    private static Catalogue only(Catalogue live, Store map) {
        Map<TableName, CatalogueTable> tables = new LinkedHashMap<>();
        live.tables().forEach((name, table) -> {
            if (map.tables().containsKey(name)) {
                tables.put(name, table);
            }
        });
        return new Catalogue(live.product(), tables);
    }

    private static <T> T whole(Reading<T> reading) {
        return reading.value()
                .orElseThrow(() -> new IllegalStateException("kept's own rules cannot be read: " + reading.problems()));
    }

    private static String resource(String name) {
        try (InputStream in = OwnStore.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("kept comes without `" + name + "`");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
