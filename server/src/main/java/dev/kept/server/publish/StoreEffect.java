package dev.kept.server.publish;

import dev.kept.core.datamap.TableName;
import java.util.List;

/**
 * What a version would do to one store.
 *
 * @param tables where a sweep would do more, or less
 * @param consents that would be suspended
 * @param persons whom a material change concerns
 */
public record StoreEffect(String store, List<Rows> tables, List<Consents> consents, List<Persons> persons) {

    public StoreEffect {
        tables = List.copyOf(tables);
        consents = List.copyOf(consents);
        persons = List.copyOf(persons);
    }

    /**
     * @param forgotten rows that a sweep would treat under the new rules and not under the old
     * @param kept rows that it would treat under the old rules and not under the new
     */
    public record Rows(TableName table, long forgotten, long kept) {}

    /** @param rows in which the consent stands, or may stand */
    public record Consents(String use, TableName table, long rows) {}

    /**
     * @param all for whom one of the touched uses lives, or may live
     * @param reachable of whom an address is on file by which they are found
     */
    public record Persons(String kind, TableName table, long all, long reachable) {}
}
