package dev.kept.core.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionReaderTest {

    private static Reading<Correction> read(String text) {
        return CorrectionReader.read(new SourceText("request", text));
    }

    @Test
    void a_request_names_a_person_and_values_as_written() {
        Correction correction = read("""
                person: {email: " anna@example.org "}
                set:
                  customers: {full_name: Anna Berg, phone: null, zip: 01067, member: true}
                  crm.notes:
                    - {where: {id: 17, kind: null}, set: {text: ""}}
                    - {where: {kind: x}, rows: 2, set: {doc $.a.b: 1.50}}
                """).value().orElseThrow();
        assertThat(correction.person()).isEqualTo(Map.of("email", "anna@example.org"));
        assertThat(correction.entries())
                .extracting(Correction.Entry::table)
                .containsExactly(
                        TableName.parse("customers"), TableName.parse("crm.notes"), TableName.parse("crm.notes"));
        assertThat(correction.entries().getFirst().set())
                .extracting(Correction.Cell::value)
                .containsExactly(Optional.of("Anna Berg"), Optional.empty(), Optional.of("01067"), Optional.of("true"));
        assertThat(correction.entries().get(1).where())
                .extracting(Correction.Cell::value)
                .containsExactly(Optional.of("17"), Optional.empty());
        assertThat(correction.entries().get(1).set())
                .extracting(Correction.Cell::value)
                .containsExactly(Optional.of(""));
        assertThat(correction.entries().get(2).rows()).isEqualTo(2);
        assertThat(correction.entries().get(2).set().getFirst().value()).contains("1.50");
    }

    @Test
    void a_request_printed_says_no_value() {
        Correction correction = read("person: {email: anna@example.org}\nset: {customers: {full_name: Anna}}")
                .value()
                .orElseThrow();
        assertThat(correction.toString()).contains("full_name").doesNotContain("Anna", "anna@");
        assertThat(correction.entries().toString()).doesNotContain("Anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Anna Secret",
                "[Anna Secret]",
                "person: Anna Secret\nset: {a: {b: c}}",
                "person: {email: }\nset: {a: {b: Anna Secret}}",
                "person: {email: x}\nset: Anna Secret",
                "person: {email: x}\nset: {Anna Secret: Anna Secret}",
                "person: {email: x}\nset: {a: {b: [Anna Secret]}}",
                "person: {email: x}\nset: {a: [Anna Secret]}",
                "person: {email: x}\nset: {a: [{set: Anna Secret}]}",
                "person: {email: x}\nset: {a: [{set: {b: c}, rows: Anna Secret}]}",
                "person: {email: x}\nset: {a: [{set: {b: c}, rows: 0}]}",
                "person: {email: x}\nset: {a: [{set: {b: c}, Anna Secret: 1}]}",
                "person: {email: x}\nAnna Secret: 1\nset: {a: {b: c}}",
                "person: {email: x}\nset: {a: {Anna Secret: 1, Anna Secret: 2}}",
                "person: {email: x}\nset: {a: {b: \"Anna \\q Secret\"}}",
                "person: {email: x}\nset: {a: {b: &Secret Anna}}",
                "person: {email: x}\nset: {a: {b: *Secret}}",
                "person: {email: x}\nset: {a: {b: !Secret Anna}}",
                "person: {email: x}\nset: {a: {b: Anna: Secret}}",
                "person: {email: x}\n  Secret: Anna\nset: {}",
                "person: {email: x}\nset: {}",
                "person: {email: x}\nset: {a: {}}"
            })
    void what_cannot_be_read_is_refused_without_being_repeated(String text) {
        Reading<Correction> reading = read(text);
        assertThat(reading.value()).isEmpty();
        assertThat(reading.problems()).isNotEmpty();
        List<String> said = reading.problems().stream()
                .map(problem -> problem.message() + problem.attempt() + problem.path())
                .toList();
        assertThat(said).noneMatch(words -> words.contains("Anna") || words.contains("Secret"));
    }

    @Test
    void more_values_than_one_request_may_have_are_refused() {
        StringBuilder set = new StringBuilder("person: {email: x}\nset:\n  a:\n");
        for (int i = 0; i <= CorrectionReader.MOST_VALUES; i++) {
            set.append("    c").append(i).append(": v\n");
        }
        assertThat(read(set.toString()).problems())
                .extracting(problem -> problem.code())
                .containsExactly("correction-size");
    }
}
