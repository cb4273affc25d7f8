package dev.kept.server.access;

import dev.kept.core.datamap.TableName;
import dev.kept.core.html.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The page of a package, for tests of what it says by itself. */
public final class PackagePage {

    /** Values, what columns are called, and names of files. */
    private static final Pattern NAMES = Pattern.compile(
            "<dd dir=\"auto\">[^<]*|<h4>[^<]*|<ol class=\"records\">|(?:<dt>[^<]*</dt>)(?=<dd (?:dir=|class=\"soft))"
                    + "|data\\.(?:schema\\.)?json|csv/[A-Za-z0-9._-]+|\\bcsv\\b|Europe/Berlin|\\bUTC\\b|[0-9a-f]{8}-[0-9a-f-]{27}");

    private PackagePage() {}

    /** Without what is called as the stores call it: tables, columns, values, files. */
    public static String withoutNames(Unpacked unpacked) {
        List<String> titles = new ArrayList<>();
        for (JsonNode store : unpacked.data().get("stores")) {
            for (JsonNode table : store.get("tables")) {
                titles.add(Html.escaped(
                        Words.title(TableName.parse(table.get("table").asString()))));
            }
        }
        String page = NAMES.matcher(unpacked.part("index.html")).replaceAll("");
        for (String title : titles.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            page = page.replace(title, "");
        }
        return page;
    }
}
