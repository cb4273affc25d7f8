package dev.kept.stores.postgres.end;

import dev.kept.core.lifecycle.Scope;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.stores.postgres.end.Endings.Alike;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlEach;
import dev.kept.stores.postgres.sql.SqlMembers;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.function.Function;

/** How a place's rows are found, and questions about each put in words that mean the person whose row it is. */
sealed interface Whose {

    /** The question about a row of hers. To be put before {@link #from} and {@link #beside} are written down. */
    Sql ask(Function<Place, Sql> question);

    /** The number of the person. */
    String person();

    /** The rows, and what stands beside them. */
    Sql from();

    /** What stands beside the rows, for an UPDATE of them. */
    Sql beside();

    /** The rows are hers. */
    Sql reached();

    /** One person's rows. */
    static Whose one(SqlReach reaches, Place place, Row row) {
        return new One(place, row, reaches.reached(place.hers(), row));
    }

    /** Many persons' rows, each told apart by whose it is; one of several persons is there once for each. */
    static Whose told(SqlConditions conditions, Scope.Persons scope, Alike places, Row row) {
        SqlMembers members = new SqlMembers(conditions, scope, places.people());
        Sql found = members.members(places.first().hers(), row)
                .orElse(Sql.of("SELECT NULL::int AS person, NULL::oid AS o, NULL::tid AS c WHERE FALSE"));
        return new Told(places, row, found, new SqlEach(places.each().size()));
    }

    /** One person's. */
    record One(Place place, Row row, Sql reached) implements Whose {

        @Override
        public Sql ask(Function<Place, Sql> question) {
            return question.apply(place);
        }

        @Override
        public String person() {
            return "0";
        }

        @Override
        public Sql from() {
            return Sql.of(SqlTables.as(row));
        }

        @Override
        public Sql beside() {
            return Sql.EMPTY;
        }
    }

    /** Many persons'. */
    record Told(Alike places, Row row, Sql members, SqlEach each) implements Whose {

        @Override
        public Sql ask(Function<Place, Sql> question) {
            return each.ask(places.each().stream().map(question).toList());
        }

        @Override
        public String person() {
            return "whose.person";
        }

        @Override
        public Sql from() {
            return Sql.of("(", members, ") AS whose", each.joined(), " JOIN ", SqlTables.as(row), " ON ", there());
        }

        @Override
        public Sql beside() {
            return Sql.of(" FROM (", members, ") AS whose", each.joined());
        }

        @Override
        public Sql reached() {
            return there();
        }

        private Sql there() {
            return Sql.of(row.alias() + ".ctid = whose.c AND " + row.alias() + ".tableoid = whose.o");
        }
    }
}
