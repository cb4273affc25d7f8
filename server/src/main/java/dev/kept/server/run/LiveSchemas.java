package dev.kept.server.run;

import dev.kept.core.check.Checked;
import dev.kept.core.check.MapFile;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Problem;
import dev.kept.server.configuration.DatabaseAddress;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Compares the maps of a notice with the live schemas of their databases. */
public final class LiveSchemas {

    private LiveSchemas() {}

    /**
     * Adds to what a check found what the databases say.
     *
     * @param store only this store's database
     * @throws CannotRun where a database cannot be reached, or there is no such store
     */
    public static Checked check(Checked checked, Optional<String> store, Environment environment, InstantSource clock) {
        if (checked.notice().isEmpty()) {
            return checked;
        }
        Notice notice = checked.notice().get();
        AsOf asOf = new AsOf(clock.instant(), notice.controller().zone());
        List<Problem> problems = new ArrayList<>();
        for (MapFile map : maps(checked, store)) {
            problems.addAll(LiveCheck.check(notice, map, LiveStore.schema(source(map, environment)), asOf));
        }
        return checked.with(problems);
    }

    private static Collection<MapFile> maps(Checked checked, Optional<String> store) {
        if (store.isEmpty()) {
            return checked.maps().values();
        }
        MapFile map = checked.maps().get(store.get());
        if (map == null) {
            throw new CannotRun(
                    "there is no map of a store `" + store.get() + "`",
                    checked.maps().isEmpty()
                            ? "draft one with `kept map`"
                            : "name one of " + checked.maps().keySet());
        }
        return List.of(map);
    }

    private static javax.sql.DataSource source(MapFile map, Environment environment) {
        return Home.source(DatabaseAddress.of(map.store().database(), environment));
    }
}
