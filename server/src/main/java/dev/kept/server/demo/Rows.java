package dev.kept.server.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of one table, as {@code COPY … FROM STDIN} reads them in text format, until they are taken. */
final class Rows {

    private static final int FIRST_CAPACITY = 1 << 14;
    private static final int SECONDS_A_DAY = 86_400;

    private final String table;
    private final String copy;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private long pending;

    /** What is ready for one COPY. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    record Chunk(String table, String copy, byte[] bytes, long rows) {}

    private Rows(String table, String columns, String options) {
        this.table = table;
        this.copy = "COPY " + table + " (" + columns + ") FROM STDIN" + options;
    }

    /** Frozen from the start: nothing has to be rewritten later only to say that a row is old. */
    static Rows of(String table, String columns) {
        return new Rows(table, columns, " WITH (FREEZE)");
    }

    /** PostgreSQL refuses FREEZE for these. */
    static Rows ofPartitioned(String table, String columns) {
        return new Rows(table, columns, "");
    }

    /** Adds a row, its values in the order of the columns. */
    void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                put('\t');
            }
            value(values[i]);
        }
        put('\n');
        pending++;
    }

    boolean isEmpty() {
        return pending == 0;
    }

    /** Takes what has been added since the last time. */
    Chunk take() {
        Chunk chunk = new Chunk(table, copy, Arrays.copyOf(bytes, length), pending);
        length = 0;
        pending = 0;
        return chunk;
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> plain("\\N");
            case Long number -> plain(Long.toString(number));
            case Integer number -> plain(Integer.toString(number));
            case String text -> text(text);
            case Instant instant -> instant(instant);
            case Boolean truth -> put(truth ? 't' : 'f');
            case BigDecimal number -> plain(number.toPlainString());
            default -> text(value.toString());
        }
    }

    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                encoded(text);
                return;
            }
        }
        ensure(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            escaped((byte) text.charAt(i));
        }
    }

    private void encoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(2 * utf8.length);
        for (byte b : utf8) {
            escaped(b);
        }
    }

    private void escaped(byte b) {
        byte letter = switch (b) {
            case '\\' -> '\\';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            default -> 0;
        };
        if (letter != 0) {
            bytes[length++] = '\\';
        }
        bytes[length++] = letter == 0 ? b : letter;
    }

    @SuppressWarnings("deprecation") // the cheapest way from ASCII to bytes, and these are ASCII
    private void plain(String ascii) {
        ensure(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }

    /** {@code 2026-02-28 13:05:09+00}: by hand, for it is most of what there is to write. */
    private void instant(Instant instant) {
        long second = instant.getEpochSecond();
        long day = Math.floorDiv(second, SECONDS_A_DAY);
        int rest = (int) Math.floorMod(second, (long) SECONDS_A_DAY);
        date(day);
        put(' ');
        twoDigits(rest / 3600);
        put(':');
        twoDigits(rest / 60 % 60);
        put(':');
        twoDigits(rest % 60);
        plain("+00");
    }

    /** From days since 1970 to the civil date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
    private void date(long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        twoDigits(year / 100);
        twoDigits(year % 100);
        put('-');
        twoDigits(month);
        put('-');
        twoDigits(dayOfYear - (153 * march + 2) / 5 + 1);
    }

    private void twoDigits(int number) {
        put((char) ('0' + number / 10));
        put((char) ('0' + number % 10));
    }

    private void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
