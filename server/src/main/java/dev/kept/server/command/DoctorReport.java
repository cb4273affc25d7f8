package dev.kept.server.command;

import dev.kept.core.doctor.Finding;
import dev.kept.core.doctor.Finding.Level;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.TableGrants;
import dev.kept.server.doctor.Examined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code kept doctor} found, for people and for scripts. */
final class DoctorReport {

    /** Beyond this many of one kind nobody reads. */
    private static final int MOST_SHOWN = 200;

    private static final String INDENT = "           ";

    private final Output output;
    private final List<Examined> examined;

    DoctorReport(Output output, List<Examined> examined) {
        this.output = output;
        this.examined = examined;
    }

    void print(boolean everyTable) {
        output.line(versions());
        for (Examined one : examined) {
            output.line("");
            output.line(output.bold(one.own() ? "Kept's own database" : "store `" + one.name() + "`")
                    + one.facts().map(DoctorReport::named).orElse(""));
            one.refused().ifPresent(why -> {
                output.line("  " + output.red("refused") + "  " + Output.printable(why.problem()));
                output.line(INDENT + "try: " + Output.printable(why.advice()));
            });
            one.findings().stream()
                    .sorted(Comparator.comparing(Finding::level))
                    .limit(MOST_SHOWN)
                    .forEach(this::finding);
            if (one.findings().size() > MOST_SHOWN) {
                output.line("  … and " + (one.findings().size() - MOST_SHOWN) + " more: see all with `--json`");
            }
            tables(one, everyTable);
        }
        output.line("");
        output.line(summary());
    }

    private static String versions() {
        return "Java " + Runtime.version().feature() + " (" + System.getProperty("java.version") + "), driver "
                + org.postgresql.util.DriverInfo.DRIVER_VERSION;
    }

    private static String named(ServerFacts facts) {
        String way = facts.link()
                .protocol()
                .map(tls -> ", " + tls)
                .orElse(facts.link().remote() ? ", not encrypted" : "");
        return "  PostgreSQL " + facts.server().version() + ", database `"
                + Output.printable(facts.server().database()) + "`, role `"
                + Output.printable(facts.role().name()) + "`"
                + way;
    }

    private void finding(Finding finding) {
        String word = finding.level().name().toLowerCase(Locale.ROOT);
        String head = String.format(Locale.ROOT, "%-9s", word);
        output.line("  "
                + switch (finding.level()) {
                    case PROBLEM -> output.red(head);
                    case RISK -> output.yellow(head);
                    case NOTE -> output.faint(head);
                }
                + Output.printable(finding.what()) + "  " + output.faint("[" + finding.code() + "]"));
        output.line(INDENT + output.faint(Output.printable(finding.why())));
        finding.fix().forEach(sql -> output.line(INDENT + "fix: " + output.green(Output.printable(sql) + ";")));
        if (!finding.advice().isEmpty()) {
            output.line(INDENT + "try: " + Output.printable(finding.advice()));
        }
    }

    private void tables(Examined one, boolean every) {
        if (one.grants().isEmpty()) {
            return;
        }
        long lacking =
                one.grants().stream().filter(grant -> !grant.lacks().isEmpty()).count();
        boolean reached = one.findings().stream()
                .noneMatch(finding -> finding.code().equals("privilege-missing")
                        || finding.code().equals("rows-hidden"));
        String tables = Output.count(one.grants().size(), "table");
        output.line("  privileges "
                + (lacking > 0
                        ? output.red("lacking") + " on " + lacking + " of " + tables
                        : (reached
                                ? output.green("complete") + " on " + tables
                                : "on " + tables + " " + output.red("of no use yet") + ": see above")));
        if (every) {
            one.grants()
                    .forEach(grant -> output.line("    "
                            + (grant.lacks().isEmpty() ? output.green("has  ") : output.red("lacks"))
                            + "  " + Output.printable(grant.relation().toString()) + "  "
                            + Output.printable(
                                    String.join(", ", grant.lacks().isEmpty() ? grant.needs() : grant.lacks()))));
        }
    }

    private String summary() {
        long problems = count(Level.PROBLEM);
        long risks = count(Level.RISK);
        long refused =
                examined.stream().filter(one -> one.refused().isPresent()).count();
        String looked = Output.count(
                examined.stream().filter(one -> one.facts().isPresent()).count(), "database");
        String also = ", " + Output.count(count(Level.NOTE), "note") + "; " + looked + " looked at"
                + (refused == 0 ? "" : ", " + output.red(refused + " could not be"));
        if (problems + risks > 0) {
            return (problems > 0 ? output.red(Output.count(problems, "problem")) : "no problems") + ", "
                    + (risks > 0 ? output.yellow(Output.count(risks, "risk")) : "no risks") + also;
        }
        return (refused > 0 ? "nothing found" : output.green("nothing to mend")) + also;
    }

    private long count(Level level) {
        return examined.stream()
                .flatMap(one -> one.findings().stream())
                .filter(finding -> finding.level() == level)
                .count();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        boolean refused = examined.stream().anyMatch(one -> one.refused().isPresent());
        document.put("ok", !refused && examined.stream().noneMatch(Examined::ill));
        document.put("java", System.getProperty("java.version"));
        document.put("driver", org.postgresql.util.DriverInfo.DRIVER_VERSION);
        document.put("databases", examined.stream().map(DoctorReport::json).toList());
        return document;
    }

    private static Map<String, Object> json(Examined one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", one.name());
        json.put("own", one.own());
        one.refused().ifPresent(why -> json.put("refused", Map.of("error", why.problem(), "try", why.advice())));
        one.facts().ifPresent(facts -> {
            json.put("server", facts.server().version());
            json.put("database", facts.server().database());
            json.put("role", facts.role().name());
            facts.link().protocol().ifPresent(tls -> json.put("tls", tls));
            json.put("extensions", new java.util.TreeMap<>(facts.extensions()));
        });
        json.put("privileges", one.grants().stream().map(DoctorReport::json).toList());
        json.put("findings", one.findings().stream().map(DoctorReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(TableGrants grant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", grant.relation().toString());
        json.put("needs", grant.needs());
        json.put("lacks", grant.lacks());
        if (!grant.statement().isEmpty()) {
            json.put("fix", List.of(grant.statement()));
        }
        return json;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        json.put("code", finding.code());
        json.put("subject", finding.subject());
        json.put("what", finding.what());
        json.put("why", finding.why());
        json.put("fix", new ArrayList<>(finding.fix()));
        json.put("try", finding.advice());
        return json;
    }
}
