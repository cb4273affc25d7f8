package dev.kept.core.datamap;

import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.source.YamlWriter;
import dev.kept.core.source.YamlWriter.Mapping;
import dev.kept.core.source.YamlWriter.Value;
import java.util.List;

/** Writes what {@link StatisticsReader} reads. */
final class StatisticsWriter {

    private StatisticsWriter() {}

    static Value write(Statistics statistics) {
        Mapping columns = new Mapping();
        statistics.columns().forEach((column, figure) -> columns.put(column, figure(figure)));
        Mapping mapping = new Mapping()
                .put("into", YamlWriter.text(statistics.into().toString()))
                .put("for", YamlWriter.text(statistics.use()));
        statistics.atLeast().ifPresent(persons -> mapping.put("at-least", YamlWriter.number(persons)));
        return mapping.block("columns", columns).block();
    }

    private static Value figure(Figure figure) {
        return switch (figure) {
            case Figure.Rows rows -> YamlWriter.text("rows");
            case Figure.Persons persons -> YamlWriter.text("persons");
            case Figure.Day day -> YamlWriter.text("as-of");
            case Figure.Sum(String of) ->
                new Mapping()
                        .put("of", YamlWriter.text(of))
                        .put("as", YamlWriter.text("sum"))
                        .line();
            case Figure.Common common -> common(common);
        };
    }

    private static Value common(Figure.Common common) {
        List<Value> forms = common.forms().stream().map(StatisticsWriter::form).toList();
        Mapping mapping = new Mapping()
                .put("of", YamlWriter.text(common.of()))
                .put(way(common.forms().getFirst()), forms.size() == 1 ? forms.getFirst() : YamlWriter.line(forms));
        return (common.droppable() ? mapping.put("or", YamlWriter.text("nothing")) : mapping).line();
    }

    private static String way(Form form) {
        return switch (form) {
            case Form.Value value -> "as";
            case Form.Year year -> "as";
            case Form.Month month -> "as";
            case Form.First first -> "first";
            case Form.Network network -> "network";
            case Form.Steps steps -> "steps";
        };
    }

    private static Value form(Form form) {
        return switch (form) {
            case Form.Value value -> YamlWriter.text("value");
            case Form.Year year -> YamlWriter.text("year");
            case Form.Month month -> YamlWriter.text("month");
            case Form.First(int characters) -> YamlWriter.number(characters);
            case Form.Network(int four, int six) -> YamlWriter.text(four + "/" + six);
            case Form.Steps steps -> YamlWriter.number(steps.width());
        };
    }
}
