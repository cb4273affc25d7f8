package dev.kept.server.access;

import dev.kept.core.rights.Dates;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.core.rights.Untils;
import dev.kept.stores.postgres.access.RowReader;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The {@code data.json} of a package without the rest of it: what reading and writing the rows costs by itself. */
public final class JsonAlone implements RowReader {

    private final JsonPart json;
    private final Dates dates;
    private @Nullable Untils untils;
    private @Nullable SeenTable table;
    private long rows;

    /** Begins it for a store that is the only one of {@code contents}. */
    public JsonAlone(Contents contents, OutputStream target) {
        dates = new Dates(contents.notice().controller().zone());
        json = new JsonPart(target, contents);
        Sight sight = contents.sights().getFirst();
        json.beginStore(sight, contents.keys().values().stream().findFirst().orElseThrow());
    }

    @Override
    public void begin(SeenTable begun) {
        table = begun;
        untils = new Untils(begun, dates);
        rows = 0;
        json.begin(begun);
    }

    @Override
    public void row(SeenRow row) {
        SeenTable of = table;
        Untils reckoning = untils;
        if (of == null || reckoning == null) {
            throw new IllegalStateException("no table has begun");
        }
        rows++;
        json.row(of, row, reckoning.of(row));
    }

    @Override
    public void end() {
        json.end(rows);
    }

    public void finish() {
        json.endStore();
        json.end();
    }
}
