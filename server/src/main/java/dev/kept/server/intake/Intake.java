package dev.kept.server.intake;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.server.configuration.Home;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Office;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.TakingOver;
import dev.kept.server.run.Operator;
import dev.kept.server.state.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes over the requests that a company had before it had Kept. They begin like any other: as received, on the day on which they came, and nobody has
 * proven anything. A reference is taken over once, also by two processes at once and after one that broke off.
 */
public final class Intake {

    private final State state;
    private final Office office;

    public Intake(Home home) {
        this.state = home.state();
        this.office = new Office(home);
    }

    /**
     * What a file has.
     *
     * @param requests empty where there are problems
     */
    public record Checked(List<Taken> requests, List<Problem> problems) {
        public Checked {
            requests = List.copyOf(requests);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a file and says everything that is wrong with it.
     *
     * @throws dev.kept.server.failure.CannotRun where it cannot be read at all
     */
    public Checked check(Path file) {
        Problems problems = new Problems(file.getFileName().toString());
        List<Written> written = RequestFile.read(file, problems);
        List<Taken> read = new Reading(office.requests().notice(), state.clock().instant(), problems).all(written);
        Map<String, String> known = known(read);
        for (Taken one : read) {
            String kind = known.get(one.reference());
            if (kind != null && !kind.equals(one.ask().kind().word())) {
                Place place = written.stream()
                        .filter(line -> line.field("reference").equals(one.reference()))
                        .findFirst()
                        .orElseThrow()
                        .place();
                problems.add(Problem.error(
                        "reference-of-another",
                        place,
                        "",
                        "a request of another kind was taken over under this `reference`",
                        "give this one a reference of its own"));
            }
        }
        dev.kept.core.source.Reading<List<Taken>> whole = problems.reading(Optional.of(read));
        return new Checked(whole.failed() ? List.of() : read, whole.problems());
    }

    /** Kinds of what was taken over before, by reference. */
    private Map<String, String> known(List<Taken> requests) {
        String[] references = requests.stream().map(Taken::reference).toArray(String[]::new);
        Map<String, String> known = new LinkedHashMap<>();
        state.database()
                .useHandle(handle -> handle.createQuery(
                                "select reference, kind from kept.request where reference = any(:references)")
                        .bind("references", references)
                        .map((row, context) -> known.put(row.getString("reference"), row.getString("kind")))
                        .list());
        return known;
    }

    /**
     * What came of it.
     *
     * @param taken numbers by reference
     * @param known how many had been taken over before
     */
    public record Outcome(Map<String, String> taken, int known) {
        public Outcome {
            taken = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(taken));
        }
    }

    /**
     * Takes them over; each is a transaction of its own, so that what broke off is gone on with by doing the same again.
     *
     * @param links whether whoever has an address on file is sent a one-time link
     */
    public Outcome take(List<Taken> requests, boolean links, Operator operator) {
        TakingOver desk = office.takingOver();
        Map<String, String> before = known(requests);
        Map<String, String> taken = new LinkedHashMap<>();
        List<String> late = new ArrayList<>();
        for (Taken one : requests) {
            if (!before.containsKey(one.reference())) {
                Actor actor = Actor.staff("engineer", operator.name(), operator.account(), operator.said());
                Optional<StoredRequest> stored = desk.takeOver(
                        one.ask(), one.typed(), one.language(), one.received(), one.reference(), links, actor);
                stored.ifPresentOrElse(
                        made -> taken.put(one.reference(), made.number()), () -> late.add(one.reference()));
            }
        }
        return new Outcome(taken, before.size() + late.size());
    }
}
