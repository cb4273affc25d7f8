package dev.kept.server.http;

import dev.kept.core.wording.Wordings;
import dev.kept.server.configuration.LookSettings;
import dev.kept.server.configuration.ServeSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** What a site of a test holds. */
final class Rooming {

    static final Look LOOK = Look.of(LookSettings.NONE, "The Mill", Wordings.NONE_OF_ITS_OWN, List.of());

    private Rooming() {}

    /** Documents only. */
    static Site.Content none(Site.Shelving... sources) {
        Jdbi nowhere = Jdbi.create("jdbc:postgresql://127.0.0.1:1/none");
        return with(List.of(), ServeSettings.NONE, nowhere, InstantSource.system(), line -> {}, sources);
    }

    static Site.Content with(
            List<Room> rooms,
            ServeSettings settings,
            Jdbi jdbi,
            InstantSource clock,
            Consumer<String> complaints,
            Site.Shelving... sources) {
        FormTokens tokens = new FormTokens(new DailyKeys(jdbi), clock);
        return new Site.Content(
                List.of(sources),
                new Rooms(rooms, settings, tokens, complaints),
                new Answering(LOOK, settings.secure()),
                LOOK.assets());
    }
}
