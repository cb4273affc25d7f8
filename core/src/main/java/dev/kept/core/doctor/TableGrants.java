package dev.kept.core.doctor;

import dev.kept.core.datamap.TableName;
import java.util.List;

/**
 * What a role needs on one table or partition, and what of it is missing.
 *
 * @param needs as GRANT writes it: {@code SELECT}, {@code UPDATE (email, name)}, {@code DELETE}
 * @param lacks the same for what is missing; empty where nothing is
 * @param statement what grants what is missing; empty where nothing is
 */
public record TableGrants(TableName relation, List<String> needs, List<String> lacks, String statement) {
    public TableGrants {
        needs = List.copyOf(needs);
        lacks = List.copyOf(lacks);
    }
}
