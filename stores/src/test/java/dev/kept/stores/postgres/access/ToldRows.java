package dev.kept.stores.postgres.access;

import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;
import java.util.ArrayList;
import java.util.List;

/** What a reader was told, in order. */
public final class ToldRows implements RowReader {

    private final List<String> all = new ArrayList<>();
    private final List<SeenRow> rows = new ArrayList<>();

    @Override
    public void begin(SeenTable table) {
        all.add("table " + table.name());
    }

    @Override
    public void row(SeenRow row) {
        all.add(row.toString());
        rows.add(row);
    }

    @Override
    public void end() {
        all.add("end");
    }

    /** Tables and rows, a line each. */
    public List<String> all() {
        return all;
    }

    public List<SeenRow> rows() {
        return rows;
    }
}
