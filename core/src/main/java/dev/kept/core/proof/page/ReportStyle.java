package dev.kept.core.proof.page;

import dev.kept.core.proof.Verdict;
import java.util.Arrays;
import java.util.List;

/** How verdicts look beside the notice: on a screen, dark or light, and on paper. */
final class ReportStyle {

    private ReportStyle() {}

    private static final String CSS = """
            :root{--broken:#a3271d;--open:#7a5600;--within:#245c8a;--kept:#1f6b4a;--broken-tint:#fbeae7;--open-tint:#faf2dc;--within-tint:#e8f0f7;--kept-tint:#e8f3ec}
            @media (prefers-color-scheme:dark){:root{--broken:#ff9d90;--open:#e5c06a;--within:#94c1ea;--kept:#86cfa9;
            --broken-tint:#3b1c18;--open-tint:#332a12;--within-tint:#182837;--kept-tint:#172c21}}
            .v-broken{--mark:var(--broken);--mark-tint:var(--broken-tint)}.v-open{--mark:var(--open);--mark-tint:var(--open-tint)}
            .v-within{--mark:var(--within);--mark-tint:var(--within-tint)}.v-kept{--mark:var(--kept);--mark-tint:var(--kept-tint)}
            .report{margin-top:2.25rem;padding-bottom:1.75rem;border-bottom:1px solid var(--line);margin-bottom:2rem}
            .report h2{font-size:1.35rem}
            .filter{display:grid;grid-template-columns:repeat(auto-fit,minmax(6.6rem,1fr));gap:.6rem;border:0;padding:0;margin:1.4rem 0 0;font:.875rem/1.35 var(--sans)}
            .filter legend{padding:0;margin-bottom:.5rem;font-weight:600;color:var(--soft)}
            .filter label{position:relative;display:flex;flex-direction:column;gap:.1rem;padding:.6rem .75rem .65rem;border:1px solid var(--line);border-top:3px solid var(--mark,var(--ink));cursor:pointer}
            .filter input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
            .filter label:has(:checked){background:var(--mark-tint,var(--tint));border-color:var(--mark,var(--ink))}
            .filter label:has(:focus-visible){outline:2px solid var(--accent);outline-offset:3px}
            .filter .count{font:400 1.6rem/1.15 var(--serif);color:var(--mark,var(--ink));font-variant-numeric:lining-nums}
            .filter .name{color:var(--ink)}
            .meanings{display:grid;gap:.25rem;margin-top:1.1rem;font:.8125rem/1.45 var(--sans);color:var(--soft)}
            .meanings dt,.meanings dd{display:inline;margin:0}
            .meanings dt{font-weight:600;color:var(--mark)}
            .meanings dd::before{content:"– "}
            .sign{display:inline-block;min-width:.9em;font-weight:700}
            .verdict{margin-top:.5rem;padding-inline-start:.65rem;border-inline-start:3px solid var(--mark)}
            .facts+.verdict{margin-top:.7rem}
            .beside:has(>.verdict){border-inline-start:0;padding-inline-start:0}
            .beside:has(>.verdict)>.facts{padding-inline-start:.65rem}
            .verdict a{color:var(--mark);text-decoration:none}
            .verdict a:hover b{text-decoration:underline}
            .verdict .no{display:inline-block;min-width:1.4em;font-variant-numeric:tabular-nums}
            .verdict .what{display:block}
            .verdict:target,.found li:target{background:var(--mark-tint)}
            .sentence.v::after{font:600 .62em/1 var(--sans);vertical-align:.55em;margin-inline-start:.18em;color:var(--mark)}
            p .sentence.v-broken{text-decoration:underline;text-decoration-color:var(--mark);text-decoration-thickness:2px;text-underline-offset:.2em}
            .found{list-style:none;padding:0}
            .found li{padding:.15rem 0 .15rem .9rem;border-inline-start:3px solid var(--mark);margin-top:1.1rem}
            .found .sign{color:var(--mark)}
            .found .more{font:.8125rem/1.5 var(--sans);color:var(--soft);margin-top:.25rem}
            .found .more a{display:inline-block;padding:0 .2rem}
            .evidence>*,.evidence{max-width:var(--measure)}
            .evidence code{overflow-wrap:anywhere}
            .files a{margin-inline-end:1.25rem}
            @media print{
            :root{--broken:#8c1d14;--open:#5d4200;--within:#1d4b72;--kept:#17553a;--broken-tint:#fff;--open-tint:#fff;--within-tint:#fff;--kept-tint:#fff}
            .filter{grid-template-columns:repeat(5,1fr)}
            .filter legend{position:absolute;clip-path:inset(50%)}
            .filter label{padding:.25rem .5rem}
            .filter .count{font-size:15pt}
            .verdict{margin-top:.3rem}
            .verdict a,.filter .count,.meanings dt,.found .sign{color:var(--mark)}
            .evidence{break-before:page}
            .found li{break-inside:avoid;margin-top:.6rem}
            .found .more{font-size:7.8pt}
            }
            """;

    private static final List<String> KINDS =
            Arrays.stream(Verdict.Kind.values()).map(Marks::style).toList();

    /** @param sentences how many are numbered: each carries its number in the text, whatever of the page is hidden */
    static String css(int sentences) {
        StringBuilder css = new StringBuilder(CSS);
        KINDS.forEach(kind -> css.append(only(kind)));
        for (int i = 1; i <= sentences; i++) {
            css.append(".n").append(i).append("::after{content:\"").append(i).append("\"}");
        }
        return css.append('\n').toString();
    }

    /** While one kind is chosen, whatever holds no sentence of that kind is left out. */
    private static String only(String kind) {
        return """
                body:has(#show-KIND:checked) main :is(
                section:not(.evidence,:has(.sentence.KIND)),
                :is(section,ul,ol)>:is(.entry,p,li,ul,ol):not(.evidence *,:has(.sentence.KIND)),
                li>:is(.entry,p,ul,ol):not(.evidence *,:has(.sentence.KIND)),
                :is(h3,h4):not(.evidence *,:has(.sentence.KIND)),
                .verdict:not(.KIND)),
                body:has(#show-KIND:checked) main>:is(.entry,p):not(:has(.sentence.KIND)){display:none}
                """.replace("KIND", kind);
    }
}
