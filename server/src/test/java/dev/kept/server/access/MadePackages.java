package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.prose.Prose;
import dev.kept.server.run.AccessOfMany;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Written;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packages of the same persons, made together and made alone, to be compared. */
final class MadePackages {

    private final State state;
    private final List<LiveStore> stores;
    private final List<Prose> prose;
    private final Path folder;
    private final AccessService access;

    MadePackages(State state, List<LiveStore> stores, List<Prose> prose, Path folder) {
        this.state = state;
        this.stores = stores;
        this.prose = prose;
        this.folder = folder;
        this.access = new AccessService(state, state.clock());
    }

    /**
     * What was made, without what is another's each time: the package's number, and who acted.
     *
     * @param parts of the ZIP, in order
     * @param entry for the ledger
     */
    record Made(Map<String, String> parts, List<String> order, Map<String, Long> counts, String entry) {}

    private interface Making {
        Written write(OutputStream out) throws IOException;
    }

    private Made made(Making making) {
        Path file = folder.resolve("package.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Written written = making.write(out);
            out.flush();
            state.apply(List.of(written.evidence()));
            String number = written.id().toString();
            Map<String, String> parts = new LinkedHashMap<>();
            Unpacked.of(file).parts().forEach((name, part) -> parts.put(name, part.replace(number, "NUMBER")));
            String entry = state.journal().latest("access", 1).getFirst().json();
            assertThat(entry).contains(number);
            return new Made(
                    parts,
                    List.copyOf(parts.keySet()),
                    written.counts(),
                    entry.replace(number, "NUMBER").replaceAll("\"commitment\":\"[^\"]*\"", "COMMITMENT"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Optional<Gathered>> gather(List<Asking> people) {
        return new AccessOfMany(state, state.clock()).gather(stores, prose, access.recorded(stores, people));
    }

    Made together(Gathered gathered) {
        return made(out -> access.write(stores, gathered, out));
    }

    Made alone(Asking person) {
        return made(out -> access.write(
                stores, prose, access.recorded(stores, List.of(person)).getFirst(), out));
    }

    /**
     * Makes each both ways, and sees that they are equal.
     *
     * @return how many were read together
     */
    int compare(List<Asking> people) {
        List<Optional<Gathered>> gathered = gather(people);
        int together = 0;
        for (int i = 0; i < people.size(); i++) {
            if (gathered.get(i).isPresent()) {
                together++;
                assertThat(together(gathered.get(i).get()))
                        .as("person %d of %d", i, people.size())
                        .isEqualTo(alone(people.get(i)));
            }
        }
        return together;
    }
}
