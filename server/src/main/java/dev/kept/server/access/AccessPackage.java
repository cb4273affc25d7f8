package dev.kept.server.access;

import dev.kept.core.rights.Dates;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.core.rights.Until;
import dev.kept.core.rights.Untils;
import dev.kept.stores.postgres.access.RowReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP that grows as rows are read: each table's CSV goes straight in, {@code data.json} and the page are spooled beside it and go in at the
 * end. Only a package that is whole gets its name.
 */
public final class AccessPackage implements RowReader, AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_NAME_CHARACTERS = 80;
    private static final String SCHEMA = "/dev/kept/schema/access.schema.json";

    private final Contents contents;
    private final Dates dates;
    private final PackageTarget target;
    private final ZipOutputStream zip;
    private final Spool jsonSpool;
    private final Spool pageSpool;
    private final JsonPart json;
    private final PagePart page;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private String store = "";
    private @Nullable SeenTable table;
    private @Nullable Untils untils;
    private @Nullable CsvPart csv;
    private String csvName = "";
    private long rows;

    private AccessPackage(Contents contents, PackageTarget target, Spool jsonSpool, Spool pageSpool) {
        this.contents = contents;
        this.dates = new Dates(contents.notice().controller().zone());
        this.target = target;
        this.zip = new ZipOutputStream(new BufferedOutputStream(target.out(), BUFFER_BYTES), StandardCharsets.UTF_8);
        this.jsonSpool = jsonSpool;
        this.pageSpool = pageSpool;
        this.json = new JsonPart(jsonSpool.out(), contents);
        this.page = new PagePart(pageSpool.out(), contents);
    }

    /** Begins a package that will be called {@code target}. */
    public static AccessPackage begin(Path target, Contents contents) throws IOException {
        return begin(TargetFile.at(target), contents);
    }

    /** Begins a package that goes into a stream, which stays open; it is whole once it is finished. */
    public static AccessPackage begin(OutputStream target, Contents contents) throws IOException {
        return begin(new StreamTarget(target), contents);
    }

    private static AccessPackage begin(PackageTarget target, Contents contents) throws IOException {
        Spool json = null;
        try {
            json = target.spool("json");
            return new AccessPackage(contents, target, json, target.spool("page"));
        } catch (IOException | RuntimeException e) {
            target.close();
            if (json != null) {
                json.close();
            }
            throw e;
        }
    }

    public void beginStore(Sight sight) {
        store = sight.store().store().name();
        json.beginStore(sight, contents.keys().getOrDefault(store, Map.of()));
    }

    public void endStore() {
        json.endStore();
    }

    @Override
    public void begin(SeenTable begun) {
        table = begun;
        untils = new Untils(begun, dates);
        csv = null;
        rows = 0;
        csvName = csvName(begun);
        json.begin(begun);
    }

    @Override
    public void row(SeenRow row) {
        SeenTable of = current();
        rows++;
        try {
            CsvPart sheet = csv;
            if (sheet == null) {
                entry(csvName);
                sheet = new CsvPart(zip, of);
                csv = sheet;
            }
            Untils.Held held = current(untils).of(row);
            sheet.row(
                    of,
                    row,
                    held.whole() instanceof Until.On(var date)
                            ? date.toString()
                            : contents.words().until(held.whole()));
            json.row(of, row, held);
            page.row(of, row, held, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end() {
        SeenTable ended = current();
        try {
            if (csv != null) {
                csv.end();
                zip.closeEntry();
            }
            page.end(ended, rows, csvName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.end(rows);
        counts.put((contents.sights().size() > 1 ? store + "." : "") + ended.name(), rows);
        table = null;
    }

    private SeenTable current() {
        return current(table);
    }

    private static <T> T current(@Nullable T current) {
        if (current == null) {
            throw new IllegalStateException("no table has begun");
        }
        return current;
    }

    /** Rows handed out, by table. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** A name for any table: letters, digits and {@code . _ -} of it, never another table's. */
    private String csvName(SeenTable of) {
        String plain = ((contents.sights().size() > 1 ? store + "." : "") + of.name())
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceAll("\\.{2,}", "_")
                .replaceAll("^[.-]+", "_");
        String base = plain.substring(0, Math.min(MOST_NAME_CHARACTERS, plain.length()));
        String name = base;
        // Some systems take names that differ in case for the same.
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "-" + i;
        }
        return "csv/" + name + ".csv";
    }

    private void entry(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(contents.asOf().atOffset(ZoneOffset.UTC).toLocalDateTime());
        zip.putNextEntry(entry);
    }

    /** Puts in what is left and gives the package its name. */
    public void finish() throws IOException {
        json.end();
        entry("data.json");
        jsonSpool.copyTo(zip);
        zip.closeEntry();
        entry("data.schema.json");
        zip.write(schema());
        zip.closeEntry();
        page.end();
        entry("index.html");
        PageFrame.begin(zip, contents, page.sections(), page.empty());
        pageSpool.copyTo(zip);
        PageFrame.end(zip, contents);
        zip.closeEntry();
        zip.finish();
        zip.flush();
        target.publish();
    }

    static byte[] schema() throws IOException {
        try (InputStream in = AccessPackage.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IOException("the schema is missing from the program");
            }
            return in.readAllBytes();
        }
    }

    /** A package that was not finished leaves nothing. */
    @Override
    public void close() throws IOException {
        jsonSpool.close();
        pageSpool.close();
        target.close();
    }
}
