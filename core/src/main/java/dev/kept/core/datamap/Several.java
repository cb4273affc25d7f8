package dev.kept.core.datamap;

/** What it means that a finder's value stands in several rows of one kind of person. */
public enum Several {
    /** They may be different people: nobody is touched on a guess. */
    REFUSE,
    /** They are all one person's, who is there once for each thing she asked for. */
    ONE_PERSON
}
