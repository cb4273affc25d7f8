package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Caller;
import dev.kept.server.signin.StaffSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody who is signed in asks for.
 *
 * @param parts what stands in the address where the route has a place for it
 */
record Asked(Visit visit, StaffSession session, List<String> parts, Optional<Tried> tried) {

    /** The hidden field that binds a form to its session. */
    private static final String SESSION_FIELD = "session";

    Asked {
        parts = List.copyOf(parts);
    }

    Asked(Visit visit, StaffSession session, List<String> parts) {
        this(visit, session, parts, Optional.empty());
    }

    /** The same about a form that was not carried out. */
    Asked after(Tried form) {
        return new Asked(visit, session, parts, Optional.of(form));
    }

    /** The fields of a form, with what was written in them where it was not carried out. */
    Fields fields(String form) {
        return new Fields(
                form,
                tried.filter(one -> one.form().equals(form)).map(Tried::values).orElse(Map.of()));
    }

    /** The fields of a page with one form. */
    Fields fields() {
        return fields("");
    }

    Caller caller() {
        return session.caller();
    }

    boolean may(Action action) {
        return caller().may(action);
    }

    /** The first part of the address, where it is an id. */
    UUID id() {
        try {
            return UUID.fromString(parts.getFirst());
        } catch (IllegalArgumentException e) {
            throw new Refused(Trouble.NOT_FOUND);
        }
    }

    /** What a form of this session sends. */
    Entries sent() {
        Entries form = visit.form();
        if (!session.madeForm(form.text(SESSION_FIELD))) {
            throw new Refused(Trouble.STALE_FORM);
        }
        return form;
    }

    /** Opens a form; whoever calls closes it. */
    Html form(String action) {
        return inside(open(visit, action));
    }

    /** Opens the form to which its page leads back where it was not carried out; whoever calls closes it. */
    Html form(String action, String form) {
        return inside(open(visit, action, " id=\"" + Fields.anchor(form) + "\""));
    }

    private Html inside(Html form) {
        return form.raw("<input type=\"hidden\" name=\"" + SESSION_FIELD + "\"")
                .attribute("value", session.formToken())
                .raw(">");
    }

    /** The same before there is a session. */
    static Html open(Visit visit, String action) {
        return open(visit, action, "");
    }

    private static Html open(Visit visit, String action, String more) {
        return new Html()
                .raw("<form method=\"post\"" + more)
                .attribute("action", action)
                .raw("><input type=\"hidden\" name=\"token\"")
                .attribute("value", visit.token())
                .raw(">");
    }

    @Override
    public String toString() {
        return "a request of staff";
    }
}
