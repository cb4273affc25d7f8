package dev.kept.server.command;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.demo.Demo;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.schedule.Schedule;
import dev.kept.stores.postgres.run.RunWatch;

/** How the demo speaks on a terminal. */
final class DemoVoice implements Demo.Voice {

    private final Output output;
    private final ProgressLine progress;
    private int step;

    DemoVoice(Output output, ProgressLine progress) {
        this.output = output;
        this.progress = progress;
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
        CorrectionReport.print(output, false, store, corrected);
    }

    @Override
    public void erasure(LiveStore store, Found found, Outcome outcome, boolean findable) {
        progress.close();
        new ErasureReport(output).print(store, found, outcome, findable);
    }

    @Override
    public RunWatch watch() {
        return progress;
    }
}
