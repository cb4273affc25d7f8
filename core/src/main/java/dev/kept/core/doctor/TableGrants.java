package dev.kept.core.doctor;

import dev.kept.core.datamap.TableName;
import java.util.List;

/**
 * What a role needs on one table or partition, and what of it is missing.
 *
 * @param needs as GRANT writes it: {@code SELECT}, {@code UPDATE (email, name)}, {@code DELETE}
 * @param lacks the same for what is missing; empty where nothing is
 * @param noted UPDATE as GRANT writes it, on the columns in which Kept notes what a person decided ({@code kept end}, requests); empty where none are
 * @param statement what grants what is missing; empty where nothing is
 */
public record TableGrants(
        TableName relation, List<String> needs, List<String> lacks, List<String> noted, String statement) {
    public TableGrants {
        needs = List.copyOf(needs);
        lacks = List.copyOf(lacks);
        noted = List.copyOf(noted);
    }
}
