package dev.kept.server.run;

import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.Runs;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.StoreIdentity;
import java.util.Map;

/** Which system a store is, as Kept's own database remembers it: canonical JSON. */
public final class StoreIdentities {

    private StoreIdentities() {}

    public static String write(StoreIdentity store) {
        return CanonicalJson.write(Map.of(
                "system", store.systemIdentifier(),
                "timeline", store.timeline(),
                "database", store.database(),
                "incarnation", store.incarnation()));
    }

    /** The session as Kept's own database remembers it. */
    static NewRun.Worker worker(Backend backend, StoreIdentity store) {
        return new NewRun.Worker(
                write(store), new Runs.Session(backend.applicationName(), backend.processId(), backend.startedAt()));
    }

    public static StoreIdentity read(String json) {
        Map<String, Object> store = CanonicalJson.read(json);
        return new StoreIdentity(
                text(store, "system"),
                Long.parseLong(text(store, "timeline")),
                text(store, "database"),
                text(store, "incarnation"));
    }

    private static String text(Map<String, Object> store, String name) {
        Object value = store.get(name);
        if (value == null) {
            throw new IllegalStateException("a store's identity has a " + name);
        }
        return value.toString();
    }
}
