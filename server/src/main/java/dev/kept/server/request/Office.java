package dev.kept.server.request;

import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.RequestSettings;
import dev.kept.server.mail.Mails;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All that works on requests, by the notice and the settings of one moment. It holds nothing but connections that are open already: whoever
 * needs the notice as it is now builds another.
 */
public final class Office {

    private final Home home;
    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final RequestSettings settings;
    private final Mails mails;

    public Office(Home home) {
        this.home = home;
        this.state = home.state();
        this.requests = new Requests(state, home.checked().notice().orElseThrow());
        URI site = home.address();
        this.mails = new Mails(state, home.letters(), requests.notice(), site);
        this.telling = new Telling(
                state,
                (request, to, kind, language, values) -> List.of(mails.letter(request, to, kind, language, values)),
                new Addresses(site));
        this.settings = home.settings().requests();
    }

    public Requests requests() {
        return requests;
    }

    public RequestSettings settings() {
        return settings;
    }

    public Desk desk() {
        return new Desk(state, requests);
    }

    public StaffDesk staffDesk() {
        return new StaffDesk(state, requests, telling);
    }

    /**
     * The same for whoever notes something of their own with each act.
     *
     * @param noted what is written in the same transaction, by the request's id
     */
    public StaffDesk staffDesk(Function<UUID, List<StateChange>> noted) {
        return new StaffDesk(state, requests.noting(noted), telling);
    }

    /** Answers by post. */
    public Papers papers() {
        return new Papers(home, requests);
    }

    public TakingOver takingOver() {
        return new TakingOver(state, requests);
    }

    public Inbox inbox() {
        return new Inbox(state, requests.terms());
    }

    /** What became of letters. */
    public Mails mails() {
        return mails;
    }

    public Details details() {
        return new Details(state);
    }

    public Rectifying rectifying() {
        return new Rectifying(state, FaultPoints.NONE);
    }

    /**
     * The same for whoever notes something of their own.
     *
     * @param done what is written once a correction is carried out, by its run's id
     */
    public Rectifying rectifying(Function<UUID, List<StateChange>> done) {
        return new Rectifying(state, FaultPoints.NONE, done);
    }

    /** Whether there is something to do about a request. */
    public boolean due() {
        return worker().due();
    }

    /**
     * Does what is due.
     *
     * @param home what this was made of, as it is now
     * @return how many requests were looked at
     */
    public int work(Home home, Consumer<String> complaints) {
        return worker().step(home, complaints);
    }

    /** Whether somebody waits for a link, to prove who she is. */
    public boolean linksDue() {
        return worker().linksDue();
    }

    /** Sends links to those who wait for one. */
    public int sendLinks(Home home, Consumer<String> complaints) {
        return worker().links(home, complaints);
    }

    /** Whether there is something else to do. */
    public boolean restDue() {
        return worker().restDue();
    }

    /** Does all that is due but for links: it may take long. */
    public int workOnRest(Home home, Consumer<String> complaints) {
        return worker().rest(home, complaints);
    }

    private Work worker() {
        return new Work(state, requests, telling, FaultPoints.NONE);
    }

    /** Does what time brings. */
    public void keepTime() {
        new Timekeeping(state, requests, telling, settings).step();
    }
}
