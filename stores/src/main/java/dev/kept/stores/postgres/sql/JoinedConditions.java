package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import java.util.List;

/**
 * Conditions about every row of a table in one pass: related rows are joined and gathered, never looked up row by row. Answers are Kleene's:
 * TRUE, FALSE, or NULL for unknown.
 *
 * <p>Fit for statements that read a table whole; for a few rows {@link SqlConditions} finds what is related through indexes.
 */
public final class JoinedConditions {

    private final SqlConditions alone;
    private final SqlTables tables;
    private final Joined joined;
    private final SqlMoments moments;

    /** Questions about {@code row}; {@link #from} reads it and what they ask about. */
    public JoinedConditions(SqlConditions alone, Row row) {
        this.alone = alone;
        this.tables = alone.tables();
        this.joined = new Joined(tables, row);
        this.moments = new SqlMoments(new Related());
    }

    /** The row and all that is joined to it: to be asked for last. */
    public Sql from() {
        return joined.from();
    }

    /** Whether other rows are read besides, once all has been asked. */
    public boolean joins() {
        return joined.joins();
    }

    public Sql value(Condition condition) {
        return asked(condition, joined);
    }

    private Sql asked(Condition condition, Joined at) {
        Row row = at.row();
        return switch (condition) {
            case Condition.All all ->
                Sql.and(all.of().stream().map(c -> asked(c, at)).toList());
            case Condition.Any any ->
                Sql.or(any.of().stream().map(c -> asked(c, at)).toList());
            case Condition.Not not -> Sql.of("NOT (", asked(not.of(), at), ")");
            case Condition.Known known -> Sql.of("(", asked(known.of(), at), ") IS TRUE");
            case Condition.Past past ->
                SqlConditions.coalesce(past.chain().stream()
                        .map(moment -> moments.atOrBefore(moment, past.cutoff(), row))
                        .toList());
            case Condition.Stands stands -> SqlMoments.stands(stands.cutoff());
            case Condition.Absent absent ->
                Sql.and(absent.chain().stream()
                        .map(moment -> Sql.of(moments.value(moment, row), " IS NULL"))
                        .toList());
            case Condition.Ordered ordered -> moments.ordered(ordered.earlier(), ordered.later(), row);
            case Condition.Through through -> through(through, at);
            case Condition.Every every -> truth(kleene("min", at.pointing(every.link()), every.of()), "ELSE TRUE");
            case Condition.Some some -> truth(kleene("max", at.pointing(some.link()), some.of()), "ELSE FALSE");
            case Condition.Referred referred -> referred(referred, at);
            case Condition.Leads leads -> leads(leads.link(), at);
            case Condition.Surpassed surpassed -> surpassed(surpassed, at);
            case Condition.Above above -> alone.asked(above, row);
            case Condition.Meets meets -> alone.asked(meets, row);
            case Condition.Always always -> alone.asked(always, row);
            case Condition.ValueIn in -> alone.asked(in, row);
            case Condition.AnyNull any -> alone.asked(any, row);
            case Condition.KeyIn in -> alone.asked(in, row);
        };
    }

    private Sql through(Condition.Through through, Joined at) {
        if (!through.link().unique()) {
            return truth(kleene("min", at.targets(through.link()), through.of()), "");
        }
        Joined there = at.up(through.link());
        return Sql.of("CASE WHEN ", there.present(), " THEN ", asked(through.of(), there), " END");
    }

    /** Kleene's AND ({@code min}) or OR ({@code max}) over the rows: FALSE counts 0, unknown 1, TRUE 2. */
    private String kleene(String aggregate, Joined.Gathered rows, Condition of) {
        record Question(String aggregate, Condition of) {}
        return rows.ask(
                new Question(aggregate, of),
                () -> Sql.of(
                        aggregate + "(CASE ",
                        asked(of, rows.each()),
                        " WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END)"));
    }

    private static Sql truth(String code, String none) {
        String unknown = none.isEmpty() ? "" : " WHEN 1 THEN NULL";
        return Sql.of("CASE " + code + " WHEN 2 THEN TRUE WHEN 0 THEN FALSE" + unknown + " " + none + " END");
    }

    /** Another row points here that is not known to be removable. */
    private Sql referred(Condition.Referred referred, Joined at) {
        Link link = referred.link();
        boolean self = link.from().equals(at.row().table());
        if (self && !link.unique()) {
            return alone.asked(referred, at.row());
        }
        Joined.Gathered rows = at.pointing(link);
        Row each = rows.each().row();
        Sql others = self ? Sql.of(" FILTER (WHERE (", tables.joins(link, each, each), ") IS NOT TRUE)") : Sql.EMPTY;
        String stays = rows.ask(
                referred,
                () -> Sql.of("bool_or((", asked(referred.removable(), rows.each()), ") IS NOT TRUE)", others));
        return Sql.of(stays, " IS TRUE");
    }

    private Sql leads(Link link, Joined at) {
        return link.unique()
                ? Sql.of(at.up(link).present())
                : Sql.of(at.targets(link).ask(link, () -> Sql.of("count(*)")), " IS NOT NULL");
    }

    /** The rows that lead to the same row have a later moment. */
    private Sql surpassed(Condition.Surpassed surpassed, Joined at) {
        List<Link> before = surpassed.path().subList(0, surpassed.path().size() - 1);
        if (!before.stream().allMatch(Link::unique)) {
            return alone.asked(surpassed, at.row());
        }
        Joined.Gathered rows = at.siblings(surpassed.path());
        String most = rows.ask(
                surpassed,
                () -> Sql.of(
                        surpassed.earliest() ? "min(" : "max(",
                        moments.value(surpassed.moment(), rows.each().row()),
                        ")"));
        Sql mine = moments.value(surpassed.moment(), at.row());
        return Sql.of("(", mine, " IS NULL OR (", most, surpassed.earliest() ? " < " : " > ", mine, ") IS TRUE)");
    }

    /** Moments of related rows, joined and gathered as well. */
    private final class Related implements SqlMoments.Related {
        @Override
        public Sql through(Moment.Through through, Row row) {
            Joined at = joined.at(row);
            return through.link().unique()
                    ? moments.value(through.of(), at.up(through.link()).row())
                    : extreme("max", at.targets(through.link()), through.of());
        }

        @Override
        public Sql among(Moment.Among among, Row row) {
            return extreme(among.earliest() ? "min" : "max", joined.at(row).pointing(among.link()), among.of());
        }

        private Sql extreme(String aggregate, Joined.Gathered rows, Moment of) {
            record Question(String aggregate, Moment of) {}
            return Sql.of(rows.ask(
                    new Question(aggregate, of),
                    () -> Sql.of(aggregate + "(", moments.value(of, rows.each().row()), ")")));
        }
    }
}
