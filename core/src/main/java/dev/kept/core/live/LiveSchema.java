package dev.kept.core.live;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The live schema of a store as a role sees it.
 *
 * @param role the connected role's name
 * @param grants what it may do, by table
 * @param leftOut what else holds rows
 */
public record LiveSchema(Catalogue catalogue, String role, Map<TableName, Grants> grants, List<LeftOut> leftOut) {
    public LiveSchema {
        grants = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(grants));
        leftOut = List.copyOf(leftOut);
    }
}
