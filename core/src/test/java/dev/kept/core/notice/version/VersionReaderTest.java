package dev.kept.core.notice.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.ledger.CanonicalJson;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was frozen is read again, and whatever was done to it since is named. */
class VersionReaderTest {

    private static final String RULES = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, zone: UTC}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: %d years}]}
            """;

    private static Notice notice(int years) {
        return NoticeReader.draft(new SourceText("notice.yaml", RULES.formatted(years)))
                .value()
                .orElseThrow();
    }

    /** Two versions, the second with a longer period that reaches back. */
    private static Map<String, SourceText> published() {
        Map<String, SourceText> files = new LinkedHashMap<>();
        add(files, 1, new Draft(LocalDate.of(2026, 1, 1), Version.DEFAULT_ASKS_WITHIN, List.of(), Map.of(), Map.of()));
        add(
                files,
                2,
                new Draft(
                        LocalDate.of(2027, 1, 1),
                        Version.DEFAULT_ASKS_WITHIN,
                        List.of("account"),
                        Map.of("uses.account", new Version.ReachBack("a \"ground\"", Optional.empty())),
                        Map.of()));
        return files;
    }

    private static void add(Map<String, SourceText> files, int number, Draft says) {
        List<Published> before = read(files).value().orElseThrow();
        Publication publication = Publication.of(
                new SourceText("notice.yaml", RULES.formatted(number)),
                Map.of("en", new SourceText("notice.en.md", "# The notice\n")),
                Map.of("en", "The notice\n"),
                List.of(),
                before,
                LocalDate.of(2025, 12, 1),
                says,
                before.isEmpty()
                        ? Comparison.none()
                        : Comparison.of(before.getLast().notice(), notice(number), List.of(), List.of()));
        publication.files().forEach(file -> put(files, number, file.name(), file.text()));
        put(files, number, "version.json", CanonicalJson.write(publication.manifest()));
    }

    private static void put(Map<String, SourceText> files, int number, String name, String text) {
        String path = "published/" + number + "/" + name;
        files.put(path, new SourceText(path, text));
    }

    private static Reading<List<Published>> read(Map<String, SourceText> files) {
        return VersionReader.read(List.copyOf(files.values()), Optional.empty());
    }

    private static List<String> codes(Map<String, SourceText> files) {
        return read(files).problems().stream().map(Problem::code).distinct().toList();
    }

    @Test
    void what_was_frozen_is_read_as_it_was() {
        List<Published> versions = read(published()).value().orElseThrow();

        assertThat(read(published()).problems()).isEmpty();
        assertThat(versions).hasSize(2);
        Version second = versions.getLast().version();
        assertThat(second.follows()).contains(versions.getFirst().hash());
        assertThat(second.effective()).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(second.suspends()).containsExactly("account");
        assertThat(second.reachesBack().get("uses.account").ground()).isEqualTo("a \"ground\"");
        assertThat(second.changes()).extracting(Change::reason).containsExactly(Change.Reason.LONGER_PERIOD);
        assertThat(versions.getLast().notice()).isEqualTo(notice(2));
    }

    @Test
    void the_day_on_which_people_were_told_may_be_added() {
        Map<String, SourceText> files = published();
        put(files, 2, "told.yaml", "told: 2027-02-01\nhow: by letter\n");

        Version second = read(files).value().orElseThrow().getLast().version();

        assertThat(read(files).problems()).isEmpty();
        assertThat(second.reachesBack().get("uses.account").told()).contains(LocalDate.of(2027, 2, 1));
    }

    @Test
    void any_altered_file_is_named() {
        List<String> names = new ArrayList<>(published().keySet());
        names.remove("published/2/version.json");
        for (String name : names) {
            Map<String, SourceText> files = published();
            String text = files.get(name).text();
            for (int at = 0; at < text.length(); at += 7) {
                files.put(name, new SourceText(name, text.substring(0, at) + text.substring(at + 1)));
                assertThat(read(files).problems())
                        .as(name + " without character " + at)
                        .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
            }
        }
    }

    @Test
    void the_newest_manifest_cannot_vouch_for_itself_but_its_name_changes() {
        Map<String, SourceText> files = published();
        String name = "published/2/version.json";
        String before = read(files).value().orElseThrow().getLast().hash();
        files.put(name, new SourceText(name, files.get(name).text().replace("2027-01-01", "2027-01-02")));

        assertThat(read(files).value().orElseThrow().getLast().hash()).isNotEqualTo(before);
    }

    @Test
    void what_is_missing_or_does_not_belong_is_named() {
        Map<String, SourceText> files = published();
        files.remove("published/1/notice.en.txt");
        assertThat(codes(files)).containsExactly("version-altered");

        files = published();
        put(files, 1, "notice.fr.md", "Bonjour");
        assertThat(codes(files)).containsExactly("version-altered");

        files = published();
        files.remove("published/1/version.json");
        assertThat(codes(files)).containsExactly("version-incomplete");

        files = published();
        files.keySet().removeIf(name -> name.startsWith("published/1/"));
        assertThat(codes(files)).containsExactly("version-missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"version\": 1}",
                "{\"version\": \"1\", \"published\": \"x\", \"effective\": 3, \"files\": []}",
                "{\"version\":1,\"published\":\"2026-01-01\",\"effective\":\"2026-01-01\",\"files\":{\"../../etc/passwd\":\"00\"}}",
                "{\"version\":1,\"published\":\"2026-01-01\",\"effective\":\"2026-01-01\",\"files\":{},\"changes\":[{\"reason\":\"nonsense\"}]}",
                "{{{{"
            })
    void a_manifest_that_is_none_is_an_error_and_no_exception(String manifest) {
        Map<String, SourceText> files = published();
        files.put("published/1/version.json", new SourceText("published/1/version.json", manifest));

        assertThat(read(files).problems()).anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }
}
