package dev.kept.core.datamap.join;

/** What a bounded look at the values of a candidate found: counts, no values. */
public sealed interface JoinSample {

    /**
     * The values were looked at.
     *
     * @param values different values of the column in the sample, 0 and empty ones left out
     * @param found how many of them stand in the target as they are
     * @param folded how many do in lower case without white space around them; as {@code found} where that was not asked
     * @param roots rows of the sample that refer to nothing, or to themselves
     */
    record Counted(long values, long found, long folded, long roots) implements JoinSample {
        public Counted {
            if (found < 0 || found > values || folded > values || roots < 0) {
                throw new IllegalArgumentException("a sample finds no more values than it has");
            }
        }
    }

    /** They could not be looked at, or not within the limits. */
    record Unseen(String why) implements JoinSample {}
}
