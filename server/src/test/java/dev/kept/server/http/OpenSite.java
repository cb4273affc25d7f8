package dev.kept.server.http;

import dev.kept.server.configuration.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A site with its rooms as {@code kept serve} opens it, without the jobs: tests do by hand what they would do. */
public final class OpenSite implements AutoCloseable {

    private final Site site;

    private OpenSite(Site site) {
        this.site = site;
    }

    public static OpenSite of(
            Home home, Path folder, Function<Premises, List<Room>> furnish, Consumer<String> complaints) {
        NoticeSource notice = new NoticeSource(folder, home.clock());
        return new OpenSite(new Site(
                "127.0.0.1", 0, Serving.content(home, notice, List.of(notice), furnish, complaints), new Traffic()));
    }

    public int port() {
        return site.port();
    }

    @Override
    public void close() {
        site.close();
    }
}
