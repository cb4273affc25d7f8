package dev.kept.server.http;

import java.util.List;
import java.util.Optional;

/**
 * A part of the site that acts: pages made for one visitor, forms, an interface for machines. What comes from another site, by a path that
 * is not written plainly, or too large is refused before it gets here.
 */
public interface Room {

    /** A word for metrics. */
    String name();

    /**
     * What is answered; nothing where this room has nothing at this path for this method. What goes wrong may be thrown as {@link Refused}.
     *
     * @param visit its body is read when it is asked for
     */
    Optional<Reply> answer(Visit visit);

    /** Whether a page of another site may send something to a path; the room then sees for itself whose it is. No cookie of ours comes along. */
    default boolean takesFromElsewhere(Visit.Method method, String path) {
        return false;
    }

    /** How this room tells that something is not done, which was found out outside of it. */
    default Reply trouble(Trouble trouble) {
        return Reply.Problem.of(trouble);
    }

    /** Style sheets and pictures that its pages name. */
    default List<Asset> assets() {
        return List.of();
    }
}
