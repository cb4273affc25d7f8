package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.Account;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.PrivateLog.Who;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Four eyes: a large sweep is approved by another operator than the one who started it. */
public final class Approvals {

    /** The entry that says why a sweep waits, and in it the commitments of who stands behind its start. */
    static final String WAITS = "sweep-waits";

    static final String BEHIND = "behind";

    private Approvals() {}

    /** @throws CannotRun where the run does not wait, nobody is named who started it, or the operator is the same */
    public static void approve(State state, UUID id, String operator) {
        approve(state, id, List.of(operator), Optional.empty(), "engineer");
    }

    /**
     * The same by somebody who is known by several names. Whether she is who started it, her account says where both have one of the same provider:
     * two persons may share a name, and one may change hers. Where one of them has none, none of her names may be the other's.
     *
     * @param operators the first is logged
     * @param account at the sign-in provider
     * @param role for the ledger
     */
    public static void approve(State state, UUID id, List<String> operators, Optional<Account> account, String role) {
        Operator named = new Operator(Operator.named(operators.getFirst(), "").name(), account, "approved run " + id);
        approve(state, id, named, List.of(new Eyes(operators, account)), role, List.of());
    }

    /** Somebody who stands behind a yes: by every name she is known by, and her account at the sign-in provider. */
    public record Eyes(List<String> names, Optional<Account> account) {
        public Eyes {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "somebody who approves";
        }
    }

    /**
     * The same where several stand behind the yes: none of them may be who started the sweep.
     *
     * @param named for the private log
     * @param role for the ledger
     * @param with written in the same transaction
     */
    public static void approve(
            State state, UUID id, Operator named, List<Eyes> behind, String role, List<StateChange> with) {
        Run run = state.runs()
                .find(id)
                .filter(found -> found.state() == RunState.WAITING)
                .orElseThrow(() -> new CannotRun(
                        "no run `" + id + "` waits for approval", "kept sweep prints the run that waits"));
        Who starter = starter(state, run)
                .orElseThrow(() -> new CannotRun(
                        "nobody is named who started this sweep, so that nobody can be said to be another",
                        "kept sweep --operator NAME: it then waits in that name, and another operator approves it"));
        List<Who> starters = starters(state, run, starter);
        if (behind.stream().anyMatch(eyes -> among(starters, eyes))) {
            throw new CannotRun("who started a sweep cannot approve it", "ask another operator");
        }
        PrivateLog.Act act = named.act(state.privateLog());
        Map<String, Object> entry = Map.of(
                "plan", run.planHash(),
                "asOf", run.asOf().toString(),
                "actor", Map.of("role", role, "commitment", act.commitment()));
        List<StateChange> all = new ArrayList<>(with);
        all.add(act.write());
        all.add(state.runs().approval(run, act.commitment()));
        all.add(state.journal().entry(id, "sweep-approved", entry));
        state.apply(all);
    }

    /** She who began it, and whoever stands behind her. */
    private static List<Who> starters(State state, Run run, Who starter) {
        List<Who> starters = new ArrayList<>(List.of(starter));
        waits(state, run.id(), BEHIND)
                .forEach(commitment -> state.privateLog().who(commitment).ifPresent(starters::add));
        return starters;
    }

    private static boolean among(List<Who> starters, Eyes eyes) {
        return starters.stream().anyMatch(one -> same(one, eyes.names(), eyes.account()));
    }

    /** Whether somebody is among those who began a run, so that she cannot approve it. */
    public static boolean startedBy(State state, UUID id, Eyes eyes) {
        return state.runs()
                .find(id)
                .flatMap(run -> starter(state, run).map(starter -> starters(state, run, starter)))
                .filter(starters -> among(starters, eyes))
                .isPresent();
    }

    /** Why a sweep waits for a second person, as the ledger says it. */
    public static List<String> brakes(State state, UUID run) {
        return waits(state, run, "brakes");
    }

    private static List<String> waits(State state, UUID run, String what) {
        return state.journal().of(run).stream()
                .filter(entry -> entry.kind().equals(WAITS))
                .map(entry -> CanonicalJson.read(entry.json()).get(what))
                .flatMap(words -> words instanceof List<?> several ? several.stream() : Stream.empty())
                .map(String::valueOf)
                .toList();
    }

    static boolean same(Who starter, List<String> names, Optional<Account> account) {
        boolean oneProvider = starter.account().map(Account::issuer).equals(account.map(Account::issuer));
        return (account.isPresent() && oneProvider)
                ? starter.account().equals(account)
                : names.stream().map(Operator::plain).anyMatch(Operator.plain(starter.name())::equals);
    }

    /** Who started the run; empty where nobody did by hand, or the private log does not know any more. */
    static Optional<Who> starter(State state, Run run) {
        return run.actorCommitment()
                .flatMap(state.privateLog()::who)
                .filter(who -> !Operator.plain(who.name()).equals(Operator.plain(Operator.SCHEDULE.name())));
    }
}
