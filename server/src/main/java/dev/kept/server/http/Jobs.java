package dev.kept.server.http;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.proof.Report;
import dev.kept.server.answer.Answers;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.MailSettings;
import dev.kept.server.contact.Asking;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.inform.Channels;
import dev.kept.server.mail.Mailing;
import dev.kept.server.own.OwnSweep;
import dev.kept.server.proof.LookWatch;
import dev.kept.server.proof.Proving;
import dev.kept.server.proof.ReportFiles;
import dev.kept.server.request.Corrections;
import dev.kept.server.request.Office;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Served;
import dev.kept.server.suppression.ReSweep;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * What is done now and then, by one of the processes that share Kept's own database: the ledger's tiles and checkpoint are written after its
 * entries, links to prove who asks are sent, requests are worked on, mails are sent, recipients are told, answers expire, letters go to the notice's own address, the notice is proved, and the stores are looked through for erased persons
 * who are back.
 */
final class Jobs implements AutoCloseable {

    private static final String TABLE = "kept.scheduled_tasks";
    private static final Duration LEDGER_EVERY = Duration.ofSeconds(5);
    private static final Duration MAIL_EVERY = Duration.ofSeconds(10);
    private static final Duration BOUNCES_EVERY = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofDays(1);
    private static final Duration RECIPIENTS_EVERY = Duration.ofSeconds(15);
    private static final Duration CONTACT_EVERY = Duration.ofMinutes(10);
    private static final Duration ANSWERS_EVERY = Duration.ofMinutes(1);
    private static final Duration REQUESTS_EVERY = Duration.ofSeconds(2);
    private static final Duration TIME_EVERY = Duration.ofMinutes(5);
    private static final Duration COUNTS_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOKS_FOR_WORK_EVERY = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
    private static final int AT_ONCE = 5;

    private final Home home;
    private final Current current;
    private final Function<Home, Office> offices;
    private final Traffic traffic;
    private final Consumer<String> complaints;
    private final Scheduler scheduler;
    private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kept-counts").daemon().factory());

    /**
     * Jobs of this process.
     *
     * @param offices works on requests, by the notice of a moment
     * @param proveEvery zero: never by this process
     */
    Jobs(Home home, Function<Home, Office> offices, Duration proveEvery, Traffic traffic, Consumer<String> complaints) {
        this.home = home;
        this.current = new Current(home);
        this.offices = offices;
        this.traffic = traffic;
        this.complaints = complaints;
        List<RecurringTask<Void>> tasks = new ArrayList<>();
        tasks.add(Tasks.recurring("ledger", FixedDelay.of(LEDGER_EVERY))
                .execute((instance, context) -> told(() -> home.ledger().publish())));
        if (!proveEvery.isZero()) {
            tasks.add(Tasks.recurring("prove", FixedDelay.of(proveEvery))
                    .execute((instance, context) -> told(this::prove)));
            tasks.add(Tasks.recurring("look", FixedDelay.of(LOOK_EVERY))
                    .execute((instance, context) -> told(this::look)));
        }
        tasks.add(Tasks.recurring("links", FixedDelay.of(REQUESTS_EVERY))
                .execute((instance, context) -> told(this::links)));
        tasks.add(Tasks.recurring("requests", FixedDelay.of(REQUESTS_EVERY))
                .execute((instance, context) -> told(this::requests)));
        tasks.add(Tasks.recurring("time", FixedDelay.of(TIME_EVERY))
                .execute((instance, context) -> told(this::keepTime)));
        Mailing mailing = mailing(home);
        tasks.add(
                Tasks.recurring("mail", FixedDelay.of(MAIL_EVERY)).execute((instance, context) -> told(mailing::send)));
        if (home.settings().mail().flatMap(MailSettings::bounces).isPresent()) {
            tasks.add(Tasks.recurring("bounces", FixedDelay.of(BOUNCES_EVERY))
                    .execute((instance, context) -> told(mailing::fetchBounces)));
        }
        tasks.add(Tasks.recurring("recipients", FixedDelay.of(RECIPIENTS_EVERY)).execute((instance, context) -> {
            told(() -> new Channels(current.home()).reminding().step());
            told(() -> new Corrections(home.state()).step(current.home()));
        }));
        tasks.add(Tasks.recurring("contact", FixedDelay.of(CONTACT_EVERY))
                .execute((instance, context) -> told(this::askAtTheNoticesAddress)));
        Answers answers = new Answers(home.state());
        tasks.add(Tasks.recurring("answers", FixedDelay.of(ANSWERS_EVERY))
                .execute((instance, context) -> told(answers::expire)));
        this.scheduler = Scheduler.create(home.state().source())
                .startTasks(tasks)
                .tableName(TABLE)
                .threads(AT_ONCE)
                .pollingInterval(LOOKS_FOR_WORK_EVERY)
                .shutdownMaxWait(STOPS_WITHIN)
                .schedulerName(new SchedulerName.Fixed("kept-" + UUID.randomUUID()))
                .build();
    }

    private static Mailing mailing(Home home) {
        String controller = home.checked().notice().orElseThrow().controller().name();
        return new Mailing(home.state(), home.settings().mail(), controller, home.environment());
    }

    void start() {
        scheduler.start();
        ScheduledFuture<?> _ =
                counting.scheduleWithFixedDelay(this::countRequests, 0, COUNTS_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** An erasure may take an hour: whoever waits for a link does not wait for it. */
    private void links() {
        if (offices.apply(home).linksDue()) {
            try (Home now = home.again()) {
                offices.apply(now).sendLinks(now, complaints);
            }
        }
    }

    private void requests() {
        if (offices.apply(home).restDue()) {
            try (Home now = home.again()) {
                offices.apply(now).workOnRest(now, complaints);
            }
        }
    }

    private void askAtTheNoticesAddress() {
        try (Home now = home.again()) {
            new Asking(now).step();
        }
    }

    private void keepTime() {
        offices.apply(current.home()).keepTime();
    }

    /** What this process says of requests that are open, whichever does the work. */
    private void countRequests() {
        try {
            traffic.requests(offices.apply(current.home()).inbox().open());
        } catch (RuntimeException e) {
            // The figures of before stand; whatever works on requests says why. Anything that got out would end the
            // counting for good.
        }
    }

    private void prove() {
        try (Home now = home.again()) {
            Report report = new Proving(now, Proving.SNAPSHOT_LIMIT, LookWatch.NOBODY).prove(Optional.empty());
            home.state().served().replace(pages(now, report));
            traffic.proved(report);
        }
    }

    /**
     * Looks through every store for erased persons who are back, one that fails not keeping the others from being looked at; and forgets what
     * Kept itself need not know of requests any more.
     */
    private void look() {
        try (Home now = home.again()) {
            told(() -> OwnSweep.sweep(
                    now,
                    new RunService(now.state(), now.clock(), FaultPoints.NONE),
                    Operator.SCHEDULE,
                    RunOptions.defaults(),
                    RunWatch.NONE));
            for (BoundStore store : now.stores(Optional.empty())) {
                told(() -> new ReSweep(now.state(), FaultPoints.NONE)
                        .nowAndThen(
                                LiveStore.evenIsolated(now, store),
                                now.settings().brakePercent()));
            }
        }
    }

    private static List<Served.Page> pages(Home home, Report report) {
        List<Served.Page> pages = new ArrayList<>();
        ReportFiles.of(home, report)
                .all()
                .forEach((name, body) ->
                        pages.add(new Served.Page(ReportSource.ROOT + name, ReportSource.type(name), body)));
        return pages;
    }

    /** A job that fails is said in a line and tried again at its next time. */
    private void told(Runnable job) {
        try {
            job.run();
        } catch (CannotRun e) {
            complaints.accept(e.problem() + "; try: " + e.advice());
        } catch (JdbiException e) {
            complaints.accept("kept's own database did not answer a job");
        } catch (RuntimeException e) {
            // its message may hold what a person wrote
            complaints.accept(
                    "a job ended with an error of the program, " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        counting.shutdownNow();
        scheduler.stop();
    }
}
