package dev.kept.server.http;

import dev.kept.core.notice.prose.Prose;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.ServeSettings;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Office;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The running server: the site, what it reads again now and then, and the jobs it shares with other processes. */
public final class Serving implements AutoCloseable {

    /** How often the folder is read again: versions are added, and take effect at midnight. */
    private static final Duration REFRESH = Duration.ofMinutes(1);

    private final Site site;
    private final Jobs jobs;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kept-refresh").daemon().factory());
    private final AtomicBoolean closed = new AtomicBoolean();

    private Serving(Site site, Jobs jobs, NoticeSource notice, Consumer<String> complaints) {
        this.site = site;
        this.jobs = jobs;
        Runnable refresh = () -> {
            try {
                notice.refresh();
            } catch (CannotRun e) {
                complaints.accept(e.problem() + "; what was served before goes on being served");
            }
        };
        ScheduledFuture<?> _ =
                refreshing.scheduleWithFixedDelay(refresh, REFRESH.toSeconds(), REFRESH.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Where it listens, how often the notice is proved, who works on requests.
     *
     * @param proveEvery zero: never by this process
     * @param offices by the notice of a moment
     */
    public record Plan(String host, int port, Duration proveEvery, Function<Home, Office> offices) {}

    /**
     * Starts.
     *
     * @param furnish builds the rooms
     * @param complaints what goes wrong while it runs, a line each
     * @throws CannotRun where nothing is published, the port is taken, or Kept's own database does not answer
     */
    public static Serving start(
            Home home, Path folder, Plan plan, Function<Premises, List<Room>> furnish, Consumer<String> complaints) {
        Traffic traffic = new Traffic();
        NoticeSource notice = new NoticeSource(folder, home.clock());
        List<Site.Shelving> sources = new ArrayList<>();
        sources.add(notice);
        sources.add(new ReportSource(home.state(), notice::language));
        sources.add(new LedgerSource(home.ledger()));
        sources.add(new HealthSource(home.state(), traffic));
        Jobs jobs = new Jobs(home, plan.offices(), plan.proveEvery(), traffic, complaints);
        Site site = new Site(plan.host(), plan.port(), content(home, notice, sources, furnish, complaints), traffic);
        jobs.start();
        return new Serving(site, jobs, notice, complaints);
    }

    static Site.Content content(
            Home home,
            NoticeSource notice,
            List<Site.Shelving> sources,
            Function<Premises, List<Room>> furnish,
            Consumer<String> complaints) {
        ServeSettings serve = home.settings().serve();
        Look look = Look.of(
                home.settings().look(),
                notice.shelf().current().published().notice().controller().name(),
                home.wordings(),
                notice.shelf().current().texts().stream().map(Prose::language).toList());
        DailyKeys keys = new DailyKeys(home.state().database());
        Throttle throttle = new Throttle(home.state().database(), keys, home.clock());
        List<Room> rooms = furnish.apply(
                new Premises(home, look, throttle, () -> notice.shelf().current()));
        List<Asset> assets = new ArrayList<>(look.assets());
        rooms.forEach(room -> assets.addAll(room.assets()));
        FormTokens tokens = new FormTokens(keys, home.clock());
        return new Site.Content(
                sources, new Rooms(rooms, serve, tokens, complaints), new Answering(look, serve.secure()), assets);
    }

    public int port() {
        return site.port();
    }

    /** Stops taking requests, lets those under way end, and the job at work. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            refreshing.shutdownNow();
            site.close();
            jobs.close();
        }
    }
}
