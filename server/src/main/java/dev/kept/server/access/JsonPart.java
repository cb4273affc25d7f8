package dev.kept.server.access;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenRow.Cell;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.core.rights.Until;
import dev.kept.core.rights.Untils;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** {@code data.json}: everything, as {@code docs/schema/access.schema.json} describes it; written as it is read. */
final class JsonPart {

    /** The name of the format; a change that old readers do not understand gets a new one. */
    static final String FORMAT = "kept-access-1";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonGenerator json;

    JsonPart(OutputStream target, Contents contents) {
        this.json = MAPPER.createGenerator(target);
        head(contents);
    }

    private void head(Contents contents) {
        Notice notice = contents.notice();
        json.writeStartObject();
        text("format", FORMAT);
        text("id", contents.id().toString());
        text("asOf", contents.asOf().toString());
        json.writeName("notice");
        json.writeStartObject();
        text("name", notice.name());
        text("rules", contents.noticeHash());
        json.writeEndObject();
        json.writeName("controller");
        json.writeStartObject();
        text("name", notice.controller().name());
        text("email", notice.contact().email());
        text("post", notice.contact().post());
        json.writeEndObject();
        texts("rights", notice.rights().granted());
        json.writeName("uses");
        json.writeStartObject();
        notice.uses().values().stream().filter(Use::concernsPersons).forEach(use -> use(contents.words(), use));
        json.writeEndObject();
        json.writeName("categories");
        json.writeStartObject();
        notice.collects().values().forEach(category -> category(contents.words(), category));
        json.writeEndObject();
        json.writeName("recipients");
        json.writeStartObject();
        notice.shares().values().forEach(share -> share(contents.words(), share));
        json.writeEndObject();
        json.writeName("stores");
        json.writeStartArray();
    }

    private void use(Words words, Use use) {
        json.writeName(use.id());
        json.writeStartObject();
        text("rule", use.path());
        text("words", words.use(use));
        text("basis", use.basis().word());
        use.interest().ifPresent(interest -> text("interest", interest));
        use.law().ifPresent(law -> text("law", law));
        text("until", words.ends(use));
        json.writeEndObject();
    }

    private void category(Words words, Category category) {
        json.writeName(category.id());
        json.writeStartObject();
        text("rule", category.path());
        text("words", words.category(category.id()));
        texts("from", category.sources());
        texts("terms", category.terms());
        json.writeEndObject();
    }

    private void share(Words words, Share share) {
        json.writeName(share.id());
        json.writeStartObject();
        text("rule", share.path());
        text("words", words.share(share));
        text("kind", share.kind().name().toLowerCase(Locale.ROOT));
        share.country().ifPresent(country -> text("country", country));
        share.safeguard().ifPresent(safeguard -> text("safeguard", safeguard));
        json.writeEndObject();
    }

    void beginStore(Sight sight, Map<String, List<List<String>>> keys) {
        json.writeStartObject();
        text("store", sight.store().store().name());
        json.writeBooleanProperty("restricted", sight.restricted());
        texts("objected", sight.objected());
        json.writeName("persons");
        json.writeStartArray();
        keys.forEach((kind, all) -> all.forEach(key -> {
            json.writeStartObject();
            text("kind", kind);
            texts("key", key);
            json.writeEndObject();
        }));
        json.writeEndArray();
        json.writeName("tables");
        json.writeStartArray();
    }

    void begin(SeenTable table) {
        json.writeStartObject();
        text("table", table.name().toString());
        text("title", Words.title(table.name()));
        texts("uses", table.uses());
        json.writeName("columns");
        json.writeStartArray();
        table.columns().forEach(column -> column(table, column));
        json.writeEndArray();
        json.writeName("rows");
        json.writeStartArray();
    }

    private void column(SeenTable table, SeenColumn column) {
        json.writeStartObject();
        text("name", column.id());
        text("type", column.path().isEmpty() ? column.type() : "jsonb");
        text("sort", column.sort().name().toLowerCase(Locale.ROOT));
        texts("is", column.categories());
        texts("uses", column.uses());
        texts("recipients", column.recipients());
        texts("from", column.sources());
        if (column.ways().size() < table.ways().size()) {
            texts(
                    "of",
                    column.ways().stream()
                            .map(way -> table.ways().get(way).name())
                            .toList());
        }
        if (column.othersToo()) {
            json.writeBooleanProperty("othersToo", true);
        }
        if (column.secret()) {
            json.writeBooleanProperty("withheld", true);
        }
        json.writeEndObject();
    }

    void row(SeenTable table, SeenRow row, Untils.Held held) {
        json.writeStartObject();
        if (table.ways().size() > 1) {
            json.writeName("as");
            json.writeStartArray();
            for (int i = 0; i < table.ways().size(); i++) {
                if (row.mine().get(i)) {
                    json.writeString(table.ways().get(i).name());
                }
            }
            json.writeEndArray();
        }
        json.writeName("values");
        json.writeStartObject();
        for (int i = 0; i < table.columns().size(); i++) {
            value(table.columns().get(i), row.cells().get(i));
        }
        json.writeEndObject();
        withheld(table, row);
        until(table, row, held);
        if (row.held()) {
            json.writeBooleanProperty("hold", true);
        }
        json.writeEndObject();
    }

    private void value(SeenColumn column, Cell cell) {
        switch (cell) {
            case Cell.Nothing nothing -> {
                if (!column.secret()) {
                    json.writeName(column.id());
                    json.writeNull();
                }
            }
            case Cell.Value(String text) -> {
                json.writeName(column.id());
                written(column, text);
            }
            case Cell.Withheld withheld -> {}
            case Cell.NotHers notHers -> {}
        }
    }

    private void written(SeenColumn column, String text) {
        switch (column.shape()) {
            case NUMBER -> {
                if (isNumber(text)) {
                    json.writeNumber(text);
                } else {
                    json.writeString(text);
                }
            }
            case BOOLEAN -> json.writeBoolean(text.equals("true"));
            case JSON -> json.writeRawValue(text);
            case TEXT, TIME, BYTES -> json.writeString(text);
        }
    }

    /** Whether it is a number as JSON writes them (RFC 8259, section 6). */
    static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            int exponent = digits(text, at + 1 + sign);
            if (exponent == at + 1 + sign) {
                return false;
            }
            at = exponent;
        }
        return at == text.length();
    }

    /** Where digits end that begin here. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private void withheld(SeenTable table, SeenRow row) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            if (row.cells().get(i) instanceof Cell.Withheld) {
                names.add(table.columns().get(i).id());
            }
        }
        if (!names.isEmpty()) {
            texts("withheld", names);
        }
    }

    /** Of the row, and of those columns that go at another time. */
    private void until(SeenTable table, SeenRow row, Untils.Held held) {
        Until whole = held.whole();
        json.writeName("until");
        until(whole);
        boolean begun = false;
        for (int i = 0; i < table.columns().size(); i++) {
            SeenColumn column = table.columns().get(i);
            Cell cell = row.cells().get(i);
            if (cell instanceof Cell.Value || cell instanceof Cell.Withheld) {
                Until own = held.columns().get(i);
                if (!own.equals(whole)) {
                    if (!begun) {
                        json.writeName("untilOf");
                        json.writeStartObject();
                        begun = true;
                    }
                    json.writeName(column.id());
                    until(own);
                }
            }
        }
        if (begun) {
            json.writeEndObject();
        }
    }

    private void until(Until until) {
        json.writeStartObject();
        switch (until) {
            case Until.Ended ended -> text("state", "ended");
            case Until.On(var date) -> {
                text("state", "on");
                text("date", date.toString());
            }
            case Until.Pointed pointed -> text("state", "referred-to");
            case Until.NotYet notYet -> text("state", "not-yet");
            case Until.Unknown unknown -> text("state", "unknown");
        }
        json.writeEndObject();
    }

    void end(long rows) {
        json.writeEndArray();
        json.writeName("count");
        json.writeNumber(rows);
        json.writeEndObject();
    }

    void endStore() {
        json.writeEndArray();
        json.writeEndObject();
    }

    void end() {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    private void text(String name, String value) {
        json.writeStringProperty(name, value);
    }

    private void texts(String name, Collection<String> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
