package dev.kept.core.datamap;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a table's ended rows, without persons: figures of groups, added to a table of its own when the rows are deleted.
 *
 * @param into the table that takes the figures
 * @param use the use of the notice for which they are kept; its form is {@code anonymised}
 * @param atLeast the smallest group, in persons; empty: as the notice says
 * @param columns what is written into each of that table's columns, by its name; those by which rows are grouped give way from the last one on
 */
public record Statistics(TableName into, String use, Optional<Integer> atLeast, Map<String, Figure> columns) {

    public Statistics {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What one column of the figures says of a group. */
    public sealed interface Figure {

        /**
         * What its rows have in common.
         *
         * @param of the rows' column
         * @param forms how it is generalised: the finest first; a coarser one is taken where the group is too small
         * @param droppable whether it is left out where the coarsest is still too fine
         */
        record Common(String of, List<Form> forms, boolean droppable) implements Figure {
            public Common {
                forms = List.copyOf(forms);
            }
        }

        /** The sum of a number over its rows. */
        record Sum(String of) implements Figure {}

        /** How many rows it is made of. */
        record Rows() implements Figure {}

        /** How many persons it is made of. */
        record Persons() implements Figure {}

        /** The day as of which its rows had ended. */
        record Day() implements Figure {}
    }

    /** How a value is made less telling. */
    public sealed interface Form {

        /** The value itself: of few values, which say nobody who it is. */
        record Value() implements Form {}

        /** The year, in the controller's zone. */
        record Year() implements Form {}

        /** The month, in the controller's zone. */
        record Month() implements Form {}

        /** The first characters of a text. */
        record First(int characters) implements Form {}

        /** The network of an IP address, by the bits that are kept of IPv4 and of IPv6. */
        record Network(int bits4, int bits6) implements Form {}

        /** The largest multiple of {@code width} that is not above the number. */
        record Steps(BigDecimal width) implements Form {
            public Steps {
                if (width.signum() <= 0) {
                    throw new IllegalArgumentException("steps have a width");
                }
            }
        }
    }
}
