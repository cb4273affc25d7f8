package dev.kept.server.failure;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;

/** Several things to do of which each may fail: the others are done all the same, and the first failure is thrown after them. */
public final class Apart {

    private final List<RuntimeException> failures = new ArrayList<>();

    /**
     * Does one of them.
     *
     * @throws ConnectionException where Kept's own database is not there: it is for none of the others either, and each would wait for it
     */
    public void run(Runnable one) {
        try {
            one.run();
        } catch (ConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!failures.contains(e)) {
                failures.add(e);
            }
        }
    }

    /** Throws the first failure, if there was one, and with it the others. */
    public void end() {
        if (!failures.isEmpty()) {
            RuntimeException first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
