package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Epoch;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.Moment;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/** Moments as expressions: NULL where the moment is absent. */
final class SqlMoments {

    /** As PostgreSQL reads it, whatever the era. */
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd").toFormatter(Locale.ROOT);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss.SSSSSS")
            .toFormatter(Locale.ROOT);

    /** How moments of related rows are asked for. */
    interface Related {
        Sql through(Moment.Through through, Row row);

        Sql among(Moment.Among among, Row row);
    }

    private final Related related;

    SqlMoments(Related related) {
        this.related = related;
    }

    /** Each moment of related rows as a question of its own. */
    static SqlMoments asking(SqlTables tables) {
        return new Asking(tables).moments;
    }

    private static final class Asking implements Related {
        private final SqlTables tables;
        private final SqlMoments moments = new SqlMoments(this);

        Asking(SqlTables tables) {
            this.tables = tables;
        }

        @Override
        public Sql through(Moment.Through through, Row row) {
            Row to = row.inner(through.link().to());
            Sql of = moments.value(through.of(), to);
            return Sql.of(
                    "(SELECT ",
                    through.link().unique() ? of : Sql.of("max(", of, ")"),
                    " FROM ",
                    SqlTables.as(to),
                    " WHERE ",
                    tables.joins(through.link(), row, to),
                    ")");
        }

        @Override
        public Sql among(Moment.Among among, Row row) {
            Row from = row.inner(among.link().from());
            return Sql.of(
                    "(SELECT ",
                    among.earliest() ? "min(" : "max(",
                    moments.value(among.of(), from),
                    ") FROM ",
                    SqlTables.as(from),
                    " WHERE ",
                    tables.joins(among.link(), from, row),
                    ")");
        }
    }

    Sql value(Moment moment, Row row) {
        return switch (moment) {
            case Moment.At at -> Sql.of(column(at, row));
            case Moment.Through through -> related.through(through, row);
            case Moment.Among among -> related.among(among, row);
            case Moment.Extreme extreme -> {
                boolean alike = extreme.of().stream()
                                .map(Moment::leaf)
                                .map(SqlMoments::scale)
                                .distinct()
                                .count()
                        == 1;
                List<Sql> values = extreme.of().stream()
                        .map(of -> alike ? value(of, row) : instant(of, row))
                        .toList();
                yield Sql.of(extreme.earliest() ? "LEAST(" : "GREATEST(", Sql.join(", ", values), ")");
            }
        };
    }

    /** Values of the same scale can be compared as they are. */
    private static Object scale(Moment.At at) {
        return at.kind() == DateKind.LOCAL ? at.zone() : at.kind();
    }

    /** The moment as {@code timestamptz}, so that moments of several kinds can be compared. */
    private Sql instant(Moment moment, Row row) {
        Moment.At leaf = moment.leaf();
        String zone = Sql.literal(leaf.zone().getId());
        if (moment instanceof Moment.Extreme extreme
                && extreme.of().stream()
                                .map(Moment::leaf)
                                .map(SqlMoments::scale)
                                .distinct()
                                .count()
                        > 1) {
            return value(moment, row);
        }
        return switch (leaf.kind()) {
            case INSTANT -> value(moment, row);
            case LOCAL -> Sql.of("(", value(moment, row), " AT TIME ZONE ", zone, ")");
            case DATE -> Sql.of("((", value(moment, row), ")::timestamp AT TIME ZONE ", zone, ")");
            case EPOCH_SECONDS -> counted(value(moment, row), Epoch.SECONDS);
            case EPOCH_MILLISECONDS -> counted(value(moment, row), Epoch.MILLISECONDS);
            case EPOCH_MICROSECONDS -> counted(value(moment, row), Epoch.MICROSECONDS);
        };
    }

    /** A number as {@code timestamptz}; one that PostgreSQL knows no time of is infinite, where a conversion would fail. */
    private static Sql counted(Sql number, Epoch epoch) {
        return Sql.of(
                "(SELECT CASE WHEN counted.n < " + epoch.first() + " THEN '-infinity'::timestamptz WHEN counted.n > "
                        + epoch.last() + " THEN 'infinity'::timestamptz ELSE to_timestamp(counted.n::numeric / "
                        + epoch.perSecond() + ") END FROM (SELECT ",
                number,
                ") AS counted(n))");
    }

    /** The moment as a date or time: of a number, the instant that it counts. */
    Sql stamp(Moment moment, Row row) {
        return moment.leaf().kind().epoch().isPresent() ? instant(moment, row) : value(moment, row);
    }

    List<Sql> instants(List<Moment> chain, Row row) {
        return chain.stream().map(moment -> instant(moment, row)).toList();
    }

    /** The moment is at or before the cut-off; NULL where it is absent. */
    Sql atOrBefore(Moment moment, Cutoff cutoff, Row row) {
        boolean mixed = moment instanceof Moment.Extreme extreme
                && extreme.of().stream()
                                .map(Moment::leaf)
                                .map(SqlMoments::scale)
                                .distinct()
                                .count()
                        > 1;
        return mixed
                ? Sql.of(value(moment, row), " <= ", typed(cutoff))
                : Sql.of(value(moment, row), " <= ", cutoff(cutoff, moment.leaf()));
    }

    /** T lies within the cut-off's window. */
    static Sql stands(Cutoff cutoff) {
        String never = printed(LocalDateTime.ofInstant(Cutoff.never(), ZoneOffset.UTC), "+00");
        return Sql.of("(", typed(cutoff), " > ", Sql.literal(never), "::timestamptz)");
    }

    private static Sql cutoff(Cutoff cutoff, Moment.At at) {
        return switch (at.kind()) {
            case INSTANT -> typed(cutoff);
            case LOCAL -> Sql.of(Parameter.cutoff(cutoff, late -> printed(late.local(at.zone()), "")), "::timestamp");
            case DATE -> Sql.of(Parameter.cutoff(cutoff, late -> printed(late.date())), "::date");
            case EPOCH_SECONDS -> number(cutoff, Epoch.SECONDS);
            case EPOCH_MILLISECONDS -> number(cutoff, Epoch.MILLISECONDS);
            case EPOCH_MICROSECONDS -> number(cutoff, Epoch.MICROSECONDS);
        };
    }

    private static Sql number(Cutoff cutoff, Epoch epoch) {
        return Sql.of(Parameter.cutoff(cutoff, late -> Long.toString(late.number(epoch))), "::bigint");
    }

    private static Sql typed(Cutoff cutoff) {
        return Sql.of(
                Parameter.cutoff(
                        cutoff, late -> printed(LocalDateTime.ofInstant(late.instant(), ZoneOffset.UTC), "+00")),
                "::timestamptz");
    }

    /** {@code earlier ≤ later}; NULL where one is absent. */
    Sql ordered(Moment earlier, Moment later, Row row) {
        boolean alike = scale(earlier.leaf()).equals(scale(later.leaf()));
        return alike
                ? Sql.of(value(earlier, row), " <= ", value(later, row))
                : Sql.of(instant(earlier, row), " <= ", instant(later, row));
    }

    private String column(Moment.At at, Row row) {
        String value = row.column(at.column());
        for (String sentinel : at.sentinels()) {
            value = "NULLIF(" + value + ", " + sentinel(sentinel, at.kind(), at.zone()) + ")";
        }
        return value;
    }

    /** A sentinel in the column's type; one of date alone is midnight, in the column's zone. */
    private static String sentinel(String text, DateKind kind, ZoneId zone) {
        String literal = Sql.literal(text);
        return switch (kind) {
            case DATE -> literal + "::date";
            case LOCAL -> literal + "::timestamp";
            case INSTANT ->
                text.matches("\\d{4,}-\\d\\d-\\d\\d")
                        ? "(" + literal + "::timestamp AT TIME ZONE " + Sql.literal(zone.getId()) + ")"
                        : literal + "::timestamptz";
            case EPOCH_SECONDS, EPOCH_MILLISECONDS, EPOCH_MICROSECONDS -> literal + "::bigint";
        };
    }

    private static String printed(LocalDate date) {
        return date.format(DATE) + era(date);
    }

    private static String printed(LocalDateTime time, String offset) {
        return time.format(TIME) + offset + era(time.toLocalDate());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }
}
