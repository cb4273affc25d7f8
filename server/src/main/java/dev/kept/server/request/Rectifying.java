package dev.kept.server.request;

import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.CorrectionService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Corrections that somebody of the company has decided on (Art. 16): in rows of the person who is proven to ask, whatever the text names. */
public final class Rectifying {

    private final State state;
    private final FaultPoints faults;
    private final Function<UUID, List<StateChange>> done;

    public Rectifying(State state, FaultPoints faults) {
        this(state, faults, run -> List.of());
    }

    /**
     * The same for whoever notes something of their own.
     *
     * @param done what is written once a correction is carried out, by its run's id
     */
    public Rectifying(State state, FaultPoints faults, Function<UUID, List<StateChange>> done) {
        this.state = state;
        this.faults = faults;
        this.done = done;
    }

    /**
     * What came of it.
     *
     * @param problems why nothing was changed; empty where it was
     * @param corrected empty where it did not come to that
     */
    public record Rectified(List<Problem> problems, Optional<Corrected> corrected) {
        public Rectified {
            problems = List.copyOf(problems);
        }

        public boolean done() {
            return problems.isEmpty();
        }
    }

    /**
     * Corrects in one store, or says what stands against it.
     *
     * @param set what is right, as {@code kept correct} reads it under {@code set}: never kept
     * @param dryRun only looks
     * @throws NotAllowed where the request is none to correct, or stands where nothing may be changed
     */
    public Rectified correct(StoredRequest stored, LiveStore store, String set, boolean dryRun, Actor staff) {
        Kind kind = stored.request().ask().kind();
        if (kind != Kind.RECTIFICATION && kind != Kind.TESTIMONIAL_CHANGE) {
            throw new NotAllowed("a request of kind `" + kind.word() + "` corrects nothing");
        }
        Stage stage = stored.request().stage();
        if (!(stage instanceof Stage.InReview || stage instanceof Stage.CarryingOut || stage instanceof Stage.Failed)) {
            throw new NotAllowed("nothing is changed for a request that is `" + stage.word() + "`");
        }
        Optional<Map<String, String>> person = person(stored, store);
        if (person.isEmpty()) {
            throw new NotAllowed("the person is not known in `" + store.name() + "`, or not by one key");
        }
        Reading<Correction> read = CorrectionReader.read(new SourceText("correction", "person: {nobody: x}\n" + set));
        if (read.value().isEmpty() || read.failed()) {
            return new Rectified(read.problems(), Optional.empty());
        }
        Correction correction = new Correction(
                person.get(),
                read.value().get().personPlace(),
                read.value().get().entries());
        CorrectionService service = new CorrectionService(state, state.clock(), faults)
                .of(Lookup.frozen(state, stored.id()).getOrDefault(store.name(), Map.of()));
        Operator operator = new Operator(
                staff.name().orElse("request " + stored.number()),
                staff.account(),
                "for request " + stored.number(),
                staff.role(),
                List.of());
        CorrectionService.Acting acting = new CorrectionService.Acting(
                operator, run -> List.of(new Corrections(state).ofRequest(run, store.name(), stored.id())), done);
        Corrected corrected =
                dryRun ? service.dryRun(store, correction, false) : service.correct(store, correction, acting, false);
        return new Rectified(corrected.problems(), Optional.of(corrected));
    }

    /** Her key in the store, as a correction names a person; the kind that she was found by first. */
    private Optional<Map<String, String>> person(StoredRequest stored, LiveStore store) {
        Map<String, List<List<String>>> kinds =
                Lookup.frozen(state, stored.id()).getOrDefault(store.name(), Map.of());
        Map<String, String> person = new LinkedHashMap<>();
        kinds.forEach((kind, keys) -> {
            if (keys.size() == 1 && keys.getFirst().stream().noneMatch(part -> part.contains(","))) {
                person.put(kind, String.join(", ", keys.getFirst()));
            }
        });
        return person.isEmpty() ? Optional.empty() : Optional.of(person);
    }
}
