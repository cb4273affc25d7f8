package dev.kept.server.command;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.proof.Report;
import dev.kept.server.configuration.Home;
import dev.kept.server.demo.Demo;
import dev.kept.server.demo.DemoMails;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Room;
import dev.kept.server.http.Serving;
import dev.kept.server.request.Office;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.schedule.Schedule;
import dev.kept.stores.postgres.run.RunWatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the demo speaks on a terminal. */
final class DemoVoice implements Demo.Voice {

    private static final Duration PROVE_EVERY = Duration.ofMinutes(5);

    private final Output output;
    private final ProgressLine progress;
    private final boolean serves;
    private final PrintWriter errors;
    private int step;

    /** @param serves whether the demo ends in serving, until Ctrl-C */
    DemoVoice(Output output, ProgressLine progress, boolean serves, PrintWriter errors) {
        this.output = output;
        this.progress = progress;
        this.serves = serves;
        this.errors = errors;
    }

    @Override
    public void step(String title, String explanation) {
        step++;
        output.line("");
        output.line(output.bold(step + ". " + title));
        output.line("   " + explanation);
    }

    @Override
    public void say(String line) {
        output.line("   " + line);
    }

    @Override
    public void schedule(LiveStore store, Plan plan, String table) {
        plan.tables().filter(found -> found.table().toString().equals(table)).forEach(found -> {
            output.line("");
            output.line("   " + output.bold(table));
            Schedule.of(store.bound(), found).forEach(line -> output.line("     " + line.text()));
        });
    }

    @Override
    public void sweep(LiveStore store, Outcome outcome) {
        progress.close();
        Reports.sweep(output, false, store, outcome);
    }

    @Override
    public void correction(LiveStore store, Corrected corrected) {
        CorrectionReport.print(output, false, store, corrected, CorrectionTold.NOBODY);
    }

    @Override
    public void erasure(LiveStore store, Found found, Outcome outcome, boolean findable) {
        progress.close();
        new ErasureReport(output).print(store, found, outcome, findable);
    }

    @Override
    public void verdicts(Report report) {
        new VerdictReport(output, report).summary();
    }

    @Override
    public void serve(Home home, Path folder, int port, Optional<String> customer) {
        if (!serves) {
            say("kept serve " + folder + " shows it all in a browser");
            return;
        }
        step(
                "It is served",
                "The notice, the privacy centre, the console, the report with a verdict beside every sentence, the ledger, and the mails.");
        customer.ifPresent(address ->
                say("ask at http://127.0.0.1:" + port + "/privacy as " + address + "; the mails are at /demo/mails"));
        try {
            ServeCommand.serve(
                    home,
                    folder,
                    new Serving.Plan("127.0.0.1", port, PROVE_EVERY, Office::new),
                    premises -> rooms(premises, customer),
                    output,
                    errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Room> rooms(Premises premises, Optional<String> customer) {
        List<Room> rooms = new ArrayList<>(ServeCommand.rooms(premises));
        rooms.add(new DemoMails(premises.home().state(), premises.look(), customer));
        return rooms;
    }

    @Override
    public RunWatch watch() {
        return progress;
    }
}
