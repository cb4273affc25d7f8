package dev.kept.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it is read and written here (RFC 8259, I-JSON RFC 7493): UTF-8, no key twice, nothing after the end, and everything of a size. */
final class Json {

    /** The most bytes of a body. */
    static final int MOST_BYTES = 64 * 1024;

    /** How many objects and arrays may lie in each other. */
    static final int DEEPEST = 10;

    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_TOKENS = 5_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .maxStringLength(MOST_BYTES)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper OURS = JsonMapper.builder().build();

    private Json() {}

    /** @throws NotDone where it is no JSON, or too much of it; the parser's own message would quote it */
    static JsonNode read(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode read = text.isBlank() ? MAPPER.missingNode() : MAPPER.readTree(text);
            if (read.isMissingNode()) {
                throw NotDone.of(ProblemType.MALFORMED_JSON, "the body is empty");
            }
            return read;
        } catch (CharacterCodingException e) {
            throw NotDone.of(ProblemType.MALFORMED_JSON, "the body is not UTF-8");
        } catch (JacksonException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " near line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw NotDone.of(
                    ProblemType.MALFORMED_JSON,
                    "it cannot be read" + place + ": at most " + DEEPEST + " levels, " + LONGEST_NUMBER + " digits and "
                            + MOST_TOKENS + " parts, no key twice, nothing after the end");
        }
    }

    /** What we wrote ourselves. */
    static Map<String, Object> ours(byte[] json) {
        return OURS.readValue(json, new tools.jackson.core.type.TypeReference<>() {});
    }

    static byte[] write(Object document) {
        return OURS.writeValueAsBytes(document);
    }

    static String text(Object document) {
        return OURS.writeValueAsString(document);
    }
}
