package dev.kept.core.proof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether a promise is kept ({@code docs/prove.md}). Nothing is kept by default: what nothing has looked at is not shown. */
public sealed interface Verdict {

    /** Looked at, and nothing speaks against it. */
    record Kept(List<Seen> seen) implements Verdict {
        public Kept {
            seen = List.copyOf(seen);
            if (seen.isEmpty()) {
                throw new IllegalArgumentException("nothing is kept that nothing has looked at");
            }
        }
    }

    /** The same for a permission ("we may"): what is done stays within it. */
    record NotExceeded(List<Seen> seen) implements Verdict {
        public NotExceeded {
            seen = List.copyOf(seen);
            if (seen.isEmpty()) {
                throw new IllegalArgumentException("nothing is within bounds that nothing has looked at");
            }
        }
    }

    /**
     * Broken: what, where, how much.
     *
     * @param besides what is not known besides
     */
    record Broken(List<Finding> findings, List<Unclear> besides) implements Verdict {
        public Broken {
            findings = List.copyOf(findings);
            besides = List.copyOf(besides);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("nothing is broken without a finding");
            }
        }
    }

    /** Not known: why, and what would make it known. */
    record NotShown(List<Unclear> why) implements Verdict {
        public NotShown {
            why = List.copyOf(why);
            if (why.isEmpty()) {
                throw new IllegalArgumentException("what is not shown has a reason");
            }
        }
    }

    /** Verdicts from the worst on, as reports count and list them. */
    enum Kind {
        BROKEN("broken"),
        NOT_SHOWN("not shown"),
        NOT_EXCEEDED("not exceeded"),
        KEPT("kept");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As reports and documents write it. */
        public String word() {
            return word;
        }
    }

    default Kind kind() {
        return switch (this) {
            case Kept kept -> Kind.KEPT;
            case NotExceeded within -> Kind.NOT_EXCEEDED;
            case Broken broken -> Kind.BROKEN;
            case NotShown open -> Kind.NOT_SHOWN;
        };
    }

    static Verdict kept(Seen seen) {
        return new Kept(List.of(seen));
    }

    static Verdict broken(List<Finding> findings) {
        return new Broken(findings, List.of());
    }

    static Verdict notShown(Unclear why) {
        return new NotShown(List.of(why));
    }

    /**
     * The verdict that several together give: broken if one is broken, else not shown if one is not shown, else kept.
     *
     * @param nothing why it is not shown where there is no verdict at all
     */
    static Verdict of(List<Verdict> several, Unclear nothing) {
        Set<Finding> findings = new LinkedHashSet<>();
        Set<Unclear> unclear = new LinkedHashSet<>();
        Set<Seen> seen = new LinkedHashSet<>();
        for (Verdict verdict : several) {
            switch (verdict) {
                case Kept kept -> seen.addAll(kept.seen());
                case NotExceeded within -> seen.addAll(within.seen());
                case Broken broken -> {
                    findings.addAll(broken.findings());
                    unclear.addAll(broken.besides());
                }
                case NotShown open -> unclear.addAll(open.why());
            }
        }
        if (!findings.isEmpty()) {
            return new Broken(new ArrayList<>(findings), new ArrayList<>(unclear));
        }
        if (!unclear.isEmpty()) {
            return new NotShown(new ArrayList<>(unclear));
        }
        return seen.isEmpty() ? notShown(nothing) : new Kept(new ArrayList<>(seen));
    }

    /** What it is for a sentence that permits: kept is called "not exceeded" there. */
    default Verdict ofPermission() {
        return switch (this) {
            case Kept kept -> new NotExceeded(kept.seen());
            case NotExceeded within -> within;
            case Broken broken -> broken;
            case NotShown open -> open;
        };
    }
}
