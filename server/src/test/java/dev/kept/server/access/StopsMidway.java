package dev.kept.server.access;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Shape;
import dev.kept.core.rights.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A process that writes a package and stops in the middle, until somebody ends it or its standard input. */
final class StopsMidway {

    private static final int ROWS = 20_000;

    private StopsMidway() {}

    public static void main(String[] arguments) throws IOException {
        try (AccessPackage file = AccessPackage.begin(Path.of(arguments[0]), contents())) {
            SeenTable table = table();
            file.begin(table);
            Random random = new Random(1);
            for (int i = 0; i < ROWS; i++) {
                file.row(row(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())));
            }
            System.out.println("midway");
            System.in.read();
        }
    }

    static Contents contents() {
        return new Contents(
                UUID.randomUUID(),
                Bazaar.NOW,
                Bazaar.notice(),
                "0".repeat(64),
                Words.of(Bazaar.notice(), List.of(), "en"),
                List.of(),
                Map.of());
    }

    static SeenTable table() {
        SeenColumn column = new SeenColumn(
                "note",
                "note",
                List.of(),
                "text",
                Shape.TEXT,
                SeenColumn.Sort.DATA,
                List.of(0),
                List.of(),
                false,
                List.of("message"),
                Set.of("orders"),
                List.of(),
                List.of("you"),
                false);
        return new SeenTable(
                TableName.parse("notes"),
                Set.of("orders"),
                List.of(new Way("self", new Reach.Everything())),
                List.of(column),
                List.of(),
                Condition.FALSE,
                false,
                List.of());
    }

    static SeenRow row(String note) {
        return new SeenRow(List.of(true), List.of(), List.of(), false, List.of(new SeenRow.Cell.Value(note)));
    }
}
