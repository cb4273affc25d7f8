package dev.kept.server.command;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Report.Line;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.Verdict.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What {@code kept prove} says to people: broken sentences first, with counts and what to do; then what is not shown, and why; then what is kept. */
final class VerdictReport {

    private static final int EXCERPT = 72;
    private static final int WIDTH = 100;

    private final Output output;
    private final Report report;

    VerdictReport(Output output, Report report) {
        this.output = output;
        this.report = report;
    }

    /** What has a verdict: a sentence, or, where there is no text, a rule. */
    private record Judged(String said, List<String> rules, Verdict verdict) {
        String chapter() {
            String first = rules.getFirst();
            int dot = first.indexOf('.');
            return dot < 0 ? first : first.substring(0, dot);
        }
    }

    void print() {
        Map<Kind, Long> counts = report.counts();
        output.line("The notice of `" + report.notice() + "` as of " + report.asOf() + ": "
                + Output.count(
                        counts.values().stream().mapToLong(Long::longValue).sum(), "sentence") + " with a verdict");
        output.line("  " + said(counts));
        report.stores().forEach(this::store);
        List<Judged> all = judged();
        broken(of(all, Kind.BROKEN));
        notShown(of(all, Kind.NOT_SHOWN));
        held("Not exceeded", of(all, Kind.NOT_EXCEEDED));
        held("Kept", of(all, Kind.KEPT));
    }

    /** How many sentences have which verdict. */
    void summary() {
        output.line("   " + said(report.counts()));
    }

    private String said(Map<Kind, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> {
            String part = String.format(Locale.ROOT, "%,d %s", count, kind.word());
            parts.add(
                    count == 0
                            ? output.faint(part)
                            : switch (kind) {
                                case BROKEN -> output.red(part);
                                case NOT_SHOWN -> output.yellow(part);
                                case NOT_EXCEEDED, KEPT -> output.green(part);
                            });
        });
        return String.join(" · ", parts);
    }

    private void store(StoreLook look) {
        output.line("  "
                + look.failure()
                        .map(why -> output.yellow(Output.printable(why.message())))
                        .orElse("store `" + look.store() + "`: a snapshot of "
                                + look.snapshot().map(Object::toString).orElse("no moment")
                                + (look.replica() ? " on a replica, which may lag behind" : " on the primary")));
    }

    private List<Judged> judged() {
        List<Judged> judged = new ArrayList<>();
        if (report.prose().isEmpty()) {
            report.verdicts().all().forEach((path, verdict) -> judged.add(new Judged(path, List.of(path), verdict)));
            return judged;
        }
        Prose text = report.prose().getFirst();
        for (Line line : report.lines(text)) {
            line.verdict()
                    .ifPresent(verdict -> judged.add(new Judged(line.sentence().plain(), line.rules(), verdict)));
        }
        return judged;
    }

    private static Map<String, List<Judged>> of(List<Judged> all, Kind kind) {
        Map<String, List<Judged>> chapters = new LinkedHashMap<>();
        all.stream()
                .filter(judged -> judged.verdict().kind() == kind)
                .forEach(judged -> chapters.computeIfAbsent(judged.chapter(), chapter -> new ArrayList<>())
                        .add(judged));
        return chapters;
    }

    private void heading(String heading, Map<String, List<Judged>> chapters) {
        long count = chapters.values().stream().mapToLong(List::size).sum();
        output.line("");
        output.line(output.bold(heading) + " (" + Output.count(count, "sentence") + ")");
    }

    private void broken(Map<String, List<Judged>> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        heading("Broken", chapters);
        chapters.forEach((chapter, sentences) -> {
            output.line("  " + output.bold(chapter));
            Set<Object> told = new HashSet<>();
            // What is said of a chapter as a whole comes last: most of it has been told by then.
            sentences.stream()
                    .sorted(Comparator.comparing(judged -> judged.rules().equals(List.of(chapter))))
                    .forEach(judged -> broken(judged, told));
        });
    }

    private void broken(Judged judged, Set<Object> told) {
        output.line("    " + output.red(excerpt(judged)) + "  " + output.faint(some(judged.rules())));
        if (judged.verdict() instanceof Verdict.Broken broken) {
            broken.findings().stream().filter(told::add).forEach(this::finding);
            broken.besides().stream()
                    .filter(told::add)
                    .forEach(unclear -> output.line("      besides: " + Output.printable(unclear.message())));
        }
    }

    private void finding(Finding finding) {
        output.line("      " + Output.printable(finding.message()));
        output.line("        try: " + Output.printable(finding.attempt()));
    }

    private void notShown(Map<String, List<Judged>> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        heading("Not shown", chapters);
        chapters.forEach((chapter, sentences) -> {
            output.line("  " + output.bold(chapter));
            Map<Unclear, List<String>> reasons = new LinkedHashMap<>();
            sentences.forEach(judged -> Report.unclear(judged.verdict())
                    .forEach(unclear -> reasons.computeIfAbsent(unclear, why -> new ArrayList<>())
                            .add(judged.rules().getFirst())));
            reasons.forEach((why, rules) -> {
                output.line("    " + Output.printable(why.message()) + "  "
                        + output.faint(some(rules.stream().distinct().toList())));
                output.line("      to know it: " + Output.printable(why.remedy()));
            });
        });
    }

    private void held(String heading, Map<String, List<Judged>> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        heading(heading, chapters);
        chapters.forEach((chapter, sentences) -> {
            StringBuilder line = new StringBuilder("  " + output.bold(chapter) + " ");
            int length = chapter.length() + 3;
            for (String rule : sentences.stream()
                    .flatMap(judged -> judged.rules().stream())
                    .distinct()
                    .toList()) {
                String name = rule.startsWith(chapter + ".") ? rule.substring(chapter.length() + 1) : rule;
                if (length + name.length() + 1 > WIDTH) {
                    output.line(line.toString());
                    line = new StringBuilder("   ");
                    length = line.length();
                }
                line.append(' ').append(output.green(name));
                length += name.length() + 1;
            }
            output.line(line.toString());
        });
    }

    private static String excerpt(Judged judged) {
        String text = Output.printable(judged.said()).replaceAll("\\s+", " ").strip();
        return "“"
                + (text.length() <= EXCERPT
                        ? text
                        : text.substring(0, EXCERPT - 1).stripTrailing() + "…") + "”";
    }

    private static String some(List<String> rules) {
        return rules.size() <= 3
                ? String.join(", ", rules)
                : String.join(", ", rules.subList(0, 3)) + " and " + (rules.size() - 3) + " more";
    }
}
