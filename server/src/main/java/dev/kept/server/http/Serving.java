package dev.kept.server.http;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
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
     * Starts.
     *
     * @param proveEvery how often the notice is proved; zero: never by this process
     * @param complaints what goes wrong while it runs, a line each
     * @throws CannotRun where nothing is published, the port is taken, or Kept's own database does not answer
     */
    public static Serving start(
            Home home, Path folder, String host, int port, Duration proveEvery, Consumer<String> complaints) {
        Traffic traffic = new Traffic();
        NoticeSource notice = new NoticeSource(folder, home.clock());
        List<Site.Shelving> sources = new ArrayList<>();
        sources.add(notice);
        sources.add(new ReportSource(home.state(), notice::language));
        sources.add(new LedgerSource(home.ledger()));
        sources.add(new HealthSource(home.state(), traffic));
        Jobs jobs = new Jobs(home, proveEvery, traffic, complaints);
        Site site = new Site(host, port, sources, traffic);
        jobs.start();
        return new Serving(site, jobs, notice, complaints);
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
