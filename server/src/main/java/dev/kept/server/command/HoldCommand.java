package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Records;
import dev.kept.server.state.Holds.OpenHold;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept hold}: legal holds on named records; without options, the holds that stand. */
@Command(
        name = "hold",
        description = {
            "Keep named records from being forgotten, for a reason and until a review; lifting makes them due again.",
            "A hold lies on records, not on a person's account. Without options: the holds that stand."
        },
        mixinStandardHelpOptions = true)
public final class HoldCommand implements Callable<Integer> {

    private static final int MOST_KEY_BYTES = 8_192;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(names = "--table", paramLabel = "TABLE", description = "the record's table")
    private @Nullable String table;

    @Option(
            names = "--record",
            paramLabel = "KEY",
            description =
                    "the record's primary key; several columns parted by commas; `-` reads it from standard input, where a key says who somebody is")
    private @Nullable String record;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; no personal data")
    private @Nullable String reason;

    @Option(names = "--review", paramLabel = "DATE", description = "when the hold is reviewed: 2027-03-01")
    private @Nullable String review;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            description = "who opens or lifts it; kept in the private log only")
    private @Nullable String operator;

    @Option(names = "--lift", paramLabel = "HOLD", description = "lift this hold")
    private @Nullable String lift;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        try (Home home = options.open()) {
            BoundStore store = home.store(options.store());
            if (lift != null) {
                return lift(output, home.state(), lift);
            }
            if (table != null || record != null) {
                return open(output, home, store);
            }
            return list(output, home.state().holds().open(store.store().name()));
        }
    }

    private int open(Output output, Home home, BoundStore store) {
        TableName name = TableName.parse(required(table, "--table"));
        if (!store.tables().containsKey(name)) {
            throw new CannotRun(
                    "the map has no table `" + name + "` of persons' data",
                    "name one of " + store.tables().keySet());
        }
        List<String> key =
                Arrays.stream(key().split(",", -1)).map(String::strip).toList();
        State state = home.state();
        String shop = store.store().name();
        PrivateLog.Act act = act(state, "opened a hold");
        String why = required(reason, "--reason");
        LocalDate on = date(required(review, "--review"), home.clock().instant());
        List<String> there = Records.there(LiveStore.open(home, store), name, key);
        UUID id = UUID.randomUUID();
        state.apply(List.of(
                act.write(),
                state.holds().opening(id, shop, name, there, why, on, act.commitment()),
                journal(
                        state,
                        "hold-opened",
                        id,
                        act,
                        Map.of("store", shop, "table", name.toString(), "review", on.toString()))));
        output.line("hold " + id + " stands on one record of `" + name + "`; review on " + on);
        return ExitCode.OK;
    }

    private String key() {
        String named = required(record, "--record");
        if (!named.equals("-")) {
            return named;
        }
        try {
            byte[] read = System.in.readNBytes(MOST_KEY_BYTES);
            return new String(read, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CannotRun("the record's key cannot be read", "give it as text on standard input", e);
        }
    }

    private int lift(Output output, State state, String hold) {
        UUID id;
        try {
            id = UUID.fromString(hold);
        } catch (IllegalArgumentException e) {
            throw new CannotRun("`" + hold + "` is no hold", "take the id that `kept hold` lists", e);
        }
        PrivateLog.Act act = act(state, "lifted a hold");
        if (!state.holds().lift(id, List.of(act.write(), journal(state, "hold-lifted", id, act, Map.of())))) {
            throw new CannotRun("no hold `" + id + "` stands", "kept hold lists those that stand");
        }
        output.line("lifted; what it delayed is due with the next `kept sweep`");
        return ExitCode.OK;
    }

    private static StateChange journal(
            State state, String kind, UUID id, PrivateLog.Act act, Map<String, String> more) {
        Map<String, Object> entry = new LinkedHashMap<>(more);
        entry.put("hold", id.toString());
        entry.put("actor", Map.of("role", "engineer", "commitment", act.commitment()));
        return state.journal().entry(null, kind, entry);
    }

    private PrivateLog.Act act(State state, String said) {
        return Operator.named(required(operator, "--operator"), said).act(state.privateLog());
    }

    private int list(Output output, List<OpenHold> holds) {
        if (options.json()) {
            List<Map<String, Object>> json = new ArrayList<>();
            for (OpenHold hold : holds) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("hold", hold.id().toString());
                one.put("table", hold.table().toString());
                one.put("reason", hold.reason());
                one.put("review", hold.reviewOn().toString());
                json.add(one);
            }
            output.json(json);
            return ExitCode.OK;
        }
        if (holds.isEmpty()) {
            output.line("No hold stands.");
        }
        holds.forEach(hold ->
                output.line(hold.id() + "  `" + hold.table() + "`  review " + hold.reviewOn() + "  " + hold.reason()));
        return ExitCode.OK;
    }

    private static String required(@Nullable String value, String option) {
        if (value == null || value.isBlank()) {
            throw new CannotRun("`" + option + "` is missing", "kept hold --help");
        }
        return value;
    }

    private static LocalDate date(String text, Instant now) {
        try {
            LocalDate on = LocalDate.parse(text);
            if (on.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
                throw new CannotRun("the day of `--review` is over", "name a day that is still to come");
            }
            return on;
        } catch (DateTimeParseException e) {
            throw new CannotRun("`--review` is no date", "write it as 2027-03-01", e);
        }
    }
}
