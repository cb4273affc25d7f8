package dev.kept.stores.postgres.run;

/** How much room a run leaves to others between its batches. */
@SuppressWarnings("ClassInitializationDeadlock") // a record has no initializer that needs the interface's
public sealed interface Pace {

    /** As fast as it goes, whoever else is at work. */
    Pace FULL = new Share(0);

    /** Whether it depends on who else is at work. */
    default boolean makesRoom() {
        return switch (this) {
            case Share _ -> false;
            case Considerate _ -> true;
        };
    }

    /**
     * A pause between batches, whoever else is at work.
     *
     * @param share of the batch's duration; 0 for none, 1 for as long again
     */
    record Share(double share) implements Pace {
        public Share {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("a pause is no less than nothing");
            }
        }
    }

    /** As fast as it goes while nobody else is at work on the server; else in short batches with long pauses. */
    record Considerate() implements Pace {}
}
