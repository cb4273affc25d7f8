package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.api.Dairy.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of docs/api.md, called one after the other. */
class ApiExamplesTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("```http\n((?:GET|POST) .*?)```\n```http\n(\\d{3})\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void every_example_is_answered_as_it_is_written() throws IOException {
        Path docs = Path.of("").toAbsolutePath().resolve("../docs/api.md").normalize();
        Matcher examples = EXAMPLE.matcher(Files.readString(docs));
        int count = 0;
        String number = "";
        String tag = "";
        try (Dairy dairy = new Dairy(folder, "")) {
            while (examples.find()) {
                count++;
                String call = examples.group(1)
                        .replace("KEY\n", dairy.key + "\n")
                        .replace("NUMBER", number)
                        .replace("ETAG", tag);
                Said said = called(dairy, call);
                assertThat(said.status()).as(call + said.text()).isEqualTo(Integer.parseInt(examples.group(2)));
                same(JsonMapper.builder().build().readTree(examples.group(3)), said.json(), call);
                number = said.json().has("number") ? said.word("number") : number;
                tag = said.header("etag").isEmpty() ? tag : said.header("etag");
            }
        }
        assertThat(count).isEqualTo(8);
    }

    private static Said called(Dairy dairy, String call) {
        String[] parts = call.split("\n\n", 2);
        List<String> lines = parts[0].lines().toList();
        List<String> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] header = line.split(": ", 2);
            headers.add(header[0]);
            headers.add(header[1]);
        }
        String[] first = lines.getFirst().split(" ");
        byte[] body = parts.length == 2 ? parts[1].getBytes(StandardCharsets.UTF_8) : null;
        return dairy.send(0, first[0], first[1], "", body, headers.toArray(String[]::new));
    }

    /** What is written is there so; what is left out may be anything. */
    private static void same(JsonNode written, JsonNode said, String call) {
        if (written.isObject()) {
            written.properties().forEach(field -> same(field.getValue(), said.path(field.getKey()), call));
        } else if (written.isArray()) {
            assertThat(said).as(call).hasSize(written.size());
            for (int i = 0; i < written.size(); i++) {
                same(written.get(i), said.get(i), call);
            }
        } else if (written.isString() && written.stringValue().equals("…")) {
            assertThat(said.isMissingNode()).as(call).isFalse();
        } else {
            assertThat(said).as(call).isEqualTo(written);
        }
    }
}
