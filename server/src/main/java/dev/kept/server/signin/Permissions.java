package dev.kept.server.signin;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The one table of who may do what. It is asked in one place, {@link Caller#may}. */
public final class Permissions {

    private static final Map<Role, Set<Action>> TABLE = table();

    private Permissions() {}

    private static Map<Role, Set<Action>> table() {
        Map<Role, Set<Action>> table = new EnumMap<>(Role.class);
        Set<Action> seeing = EnumSet.of(
                Action.SEE_OVERVIEW,
                Action.SEE_MAP,
                Action.SEE_SCHEDULE,
                Action.SEE_SWEEPS,
                Action.SEE_HOLDS,
                Action.SEE_DOUBTS,
                Action.SEE_PROMISES,
                Action.SEE_LEDGER,
                Action.SEE_REQUESTS);
        table.put(Role.OFFICER, EnumSet.allOf(Action.class));
        table.put(
                Role.ENGINEER,
                with(
                        seeing,
                        Action.LOOK_AHEAD,
                        Action.START_SWEEP,
                        Action.APPROVE_SWEEP,
                        Action.SEE_HELD_RECORDS,
                        Action.OPEN_HOLD,
                        Action.LIFT_HOLD,
                        Action.SEE_DOUBTFUL,
                        Action.DECIDE_DOUBT,
                        Action.VERIFY_LEDGER,
                        Action.SEE_SETTINGS,
                        Action.RETRY_REQUEST,
                        Action.SEE_KEYS));
        table.put(Role.AUDITOR, with(seeing, Action.VERIFY_LEDGER, Action.SEE_SETTINGS, Action.SEE_KEYS));
        table.put(
                Role.SUPPORT,
                EnumSet.of(
                        Action.SEE_OVERVIEW,
                        Action.SEE_MAP,
                        Action.SEE_SCHEDULE,
                        Action.SEE_REQUESTS,
                        Action.SEE_PERSONS,
                        Action.ENTER_REQUEST,
                        Action.PROVE_IDENTITY,
                        Action.ASK_BACK,
                        Action.NOTE,
                        Action.TELL_RECIPIENT));
        return Collections.unmodifiableMap(table);
    }

    private static Set<Action> with(Set<Action> base, Action... more) {
        Set<Action> all = EnumSet.copyOf(base);
        Collections.addAll(all, more);
        return all;
    }

    /** What somebody of these roles may do. */
    public static Set<Action> of(Collection<Role> roles) {
        Set<Action> all = EnumSet.noneOf(Action.class);
        roles.forEach(role -> all.addAll(TABLE.getOrDefault(role, Set.of())));
        return Collections.unmodifiableSet(all);
    }
}
