package dev.kept.core.model;

/** A plan that says itself that it must not run, before anything is touched. */
public final class RefusedPlan extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedPlan(String why) {
        super(why);
    }
}
