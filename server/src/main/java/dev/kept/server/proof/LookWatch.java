package dev.kept.server.proof;

/** Is told how far the looks at the stores are. */
@FunctionalInterface
public interface LookWatch {

    LookWatch NOBODY = (store, what, done, total) -> {};

    /**
     * The next table is looked at.
     *
     * @param what is looked at: {@code ends}, {@code values}
     * @param done tables that are done
     */
    void at(String store, String what, int done, int total);
}
