package dev.kept.stores.postgres.access;

import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenRow.Cell;
import dev.kept.core.rights.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The memory in which what is read of many persons is held: so much for each, and for all of them. Who has more falls out. */
final class Room {

    /**
     * What is held at most.
     *
     * @param rowsOfOne a person's rows of all tables
     * @param bytesOfOne a person's, as they lie in memory, roughly
     * @param bytes everybody's
     */
    record Limits(long rowsOfOne, long bytesOfOne, long bytes) {
        static final Limits USUAL = new Limits(10_000, 4L << 20, 48L << 20);
    }

    /** What a row takes, with its lists, and a value besides the text. */
    private static final int BYTES_PER_ROW = 256;

    private static final int BYTES_PER_CELL = 64;

    /** A way, or a term: a place in a list. */
    private static final int BYTES_PER_FLAG = 8;

    private static final int BYTES_PER_TIME = 48;
    private static final int BYTES_PER_CHARACTER = 2;

    private final Limits limits;
    private final List<Held> people;

    /** Bytes of all who are here. */
    private long all;

    /** Bytes of rows that were read for nothing since the table was begun. */
    private long past;

    /** What is held of one. */
    private final class Held {
        private final Sight sight;
        private final List<ReadOfHer.Table> tables = new ArrayList<>();
        private List<SeenRow> rows = new ArrayList<>();
        private long number;
        private long bytes;
        private long bytesHere;
        private boolean fell;

        Held(Sight sight) {
            this.sight = sight;
        }

        long all() {
            return bytes + bytesHere;
        }

        void take(SeenRow row, long size) {
            rows.add(row);
            bytesHere += size;
            all += size;
        }

        void forgetTable() {
            all -= bytesHere;
            rows = new ArrayList<>();
            bytesHere = 0;
        }

        void keepTable(ReadOfHer.Table table) {
            tables.add(table);
            number += rows.size();
            bytes += bytesHere;
            rows = new ArrayList<>();
            bytesHere = 0;
        }

        boolean hasTooMuch() {
            return all() > limits.bytesOfOne() || number + rows.size() > limits.rowsOfOne();
        }

        void fall() {
            all -= all();
            fell = true;
            tables.clear();
            rows = new ArrayList<>();
            bytes = 0;
            bytesHere = 0;
        }
    }

    /** @param held bytes of others, which count, too */
    Room(List<Sight> sights, Limits limits, long held) {
        this.limits = limits;
        this.people = sights.stream().map(Held::new).toList();
        this.all = held;
    }

    /** The numbers of those who have not fallen out. */
    List<Integer> here() {
        return IntStream.range(0, people.size())
                .filter(number -> !people.get(number).fell)
                .boxed()
                .toList();
    }

    boolean isEmpty() {
        return people.stream().allMatch(person -> person.fell);
    }

    /** A table is begun, or begun anew. */
    void begin() {
        past = 0;
        people.forEach(Held::forgetTable);
    }

    /**
     * Takes a row of the table.
     *
     * @return false where so much is read of who fell out that the others wait for it
     */
    boolean take(int number, SeenRow row) {
        Held person = people.get(number);
        long bytes = bytes(row);
        if (!person.fell) {
            person.take(row, bytes);
            if (person.hasTooMuch()) {
                person.fall();
            } else if (all > limits.bytes()) {
                people.stream().max(Comparator.comparingLong(Held::all)).ifPresent(Held::fall);
            }
            return true;
        }
        past += bytes;
        return past <= limits.bytesOfOne();
    }

    /** The table was read whole. */
    void end(int table) {
        people.stream()
                .filter(person -> !person.fell)
                .forEach(person -> person.keepTable(
                        new ReadOfHer.Table(person.sight.tables().get(table), List.copyOf(person.rows))));
    }

    /** What is held of each; nothing of who fell out. */
    List<Optional<ReadOfHer>> read() {
        return people.stream()
                .map(person -> person.fell
                        ? Optional.<ReadOfHer>empty()
                        : Optional.of(new ReadOfHer(person.sight, person.tables, person.bytes)))
                .toList();
    }

    /** How much memory a row takes, roughly. */
    static long bytes(SeenRow row) {
        long bytes = BYTES_PER_ROW
                + (long) (row.mine().size() + row.ended().size()) * BYTES_PER_FLAG
                + (long) row.times().size() * BYTES_PER_TIME;
        for (Cell cell : row.cells()) {
            bytes += BYTES_PER_CELL;
            if (cell instanceof Cell.Value(String text)) {
                bytes += (long) text.length() * BYTES_PER_CHARACTER;
            }
        }
        return bytes;
    }
}
