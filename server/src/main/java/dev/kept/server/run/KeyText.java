package dev.kept.server.run;

import dev.kept.core.value.ValueType;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of a key column as people write it and as Kept notes it, beside the column's type. */
final class KeyText {

    private static final Map<ValueType.Kind, Pattern> WRITTEN = Map.of(
            ValueType.Kind.INTEGER, Pattern.compile("-?[0-9]{1,18}"),
            ValueType.Kind.UUID, Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));

    private static final Map<String, Integer> BITS = Map.of("smallint", 15, "integer", 31, "bigint", 63);

    private KeyText() {}

    /** Whether the text is written like a value of the type; of most types it can only be seen in the rows. */
    static boolean written(String baseType, String value) {
        Pattern pattern = WRITTEN.get(ValueType.of(baseType).kind());
        return pattern == null || pattern.matcher(value).matches();
    }

    /** Whether a row could have the value: asked for one that it could not have, the database reports an error. */
    static boolean possible(String baseType, String value) {
        Integer bits = BITS.get(baseType);
        return written(baseType, value) && (bits == null || new BigInteger(value).bitLength() <= bits);
    }

    /** Whether the column has the value. */
    static Sql is(String column, String baseType, String value) {
        @Nullable Pattern pattern = WRITTEN.get(ValueType.of(baseType).kind());
        if (pattern == null) {
            return Sql.of(Sql.quoted(column) + "::text = ", Parameter.value(value), "::text");
        }
        boolean uuid = ValueType.of(baseType).kind() == ValueType.Kind.UUID;
        return Sql.of(Sql.quoted(column) + " = CAST(", Parameter.value(value), uuid ? " AS uuid)" : " AS bigint)");
    }
}
