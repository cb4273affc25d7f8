package dev.kept.server.schedule;

/** How the schedule's page looks: calm, for reading and for paper. */
final class ScheduleStyle {

    private ScheduleStyle() {}

    static final String CSS = """
            :root{color-scheme:light dark;--ink:#1e1d1a;--soft:#5f5b52;--paper:#fdfcf9;--panel:#fff;--tint:#f5f1e7;--line:#ddd7c8;--edge:#8b8577;--accent:#1f6b4a;--accent-tint:#e8f1ea;--bad:#9b2c1f;
            --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
            @media (prefers-color-scheme:dark){:root{--ink:#e9e6de;--soft:#a8a397;--paper:#171815;--panel:#1d1f1b;--tint:#21231f;--line:#3b3d37;--edge:#7d8077;--accent:#86cfa9;--accent-tint:#203029;--bad:#f0998d}}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
            body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--sans);overflow-wrap:break-word}
            .page{max-width:68rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
            main:focus{outline:none}
            p,ul,dl{margin:.75rem 0 0}
            ul{padding-inline-start:1.1rem}
            li+li{margin-top:.2rem}
            a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
            a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
            .skip{position:absolute;inset-inline-start:1rem;top:-4rem;background:var(--paper);padding:.5rem .9rem;border:1px solid var(--accent);z-index:1}
            .skip:focus{top:1rem}
            code{font:.9em var(--mono);overflow-wrap:anywhere}
            .of{color:var(--soft);margin:0}
            h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.3rem);font-weight:600;letter-spacing:-.015em;line-height:1.2;margin:.25rem 0 0}
            h1 code{font-size:.92em}
            h2{font-size:1.3rem;margin:0}
            h3{font-size:1.05rem;margin:0}
            h3 .soft{font-weight:400;font-size:.9rem}
            .lead{max-width:46rem;font-size:1.08rem}
            .soft{color:var(--soft);font-size:.9rem}
            nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;padding:0}
            nav li+li{margin:0}
            nav a{display:inline-block;padding:.2rem 0}
            section{margin-top:2.75rem}
            .refused{border-inline-start:3px solid var(--bad);padding:.6rem 1rem;background:var(--tint);margin-top:1.5rem}
            .map-box,.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel);margin-top:1rem}
            .map-box{padding:.75rem}
            table{border-collapse:collapse;width:100%;font-size:.92rem}
            th,td{text-align:start;vertical-align:top;padding:.55rem .85rem;border-top:1px solid var(--line)}
            thead th{border-top:0;color:var(--soft);font-weight:500;font-size:.85rem;background:var(--tint);white-space:nowrap}
            tbody th{font-weight:500;min-width:7rem}
            tbody th code{overflow-wrap:normal}
            h3 code{font-weight:600}
            td{min-width:9rem}
            tr:target th,tr:target td{background:var(--accent-tint)}
            article{border-top:1px solid var(--line);padding-top:1.5rem;margin-top:1.75rem}
            article:target h3{color:var(--accent)}
            dl>div{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.25rem 1rem;margin-top:.5rem}
            dt{color:var(--soft)}
            dd{margin:0}
            dd ul{margin:0;padding:0;list-style:none}
            .names{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0}
            .names li{border:1px solid var(--line);border-radius:6px;padding:.1rem .55rem;margin:0}
            footer{margin-top:3.5rem;border-top:1px solid var(--line);padding-top:1rem;color:var(--soft);font-size:.85rem}
            svg.map{display:block;font-family:var(--sans)}
            .map .layer{font-size:12px;fill:var(--soft);font-weight:500}
            .map .way{fill:none;stroke:var(--edge);stroke-width:1.2;opacity:.6}
            .map .way.shared{stroke-dasharray:4 3}
            .map rect{fill:var(--panel);stroke:var(--line);stroke-width:1.2}
            .map .person rect{fill:var(--accent-tint);stroke:var(--accent)}
            .map .shared rect{stroke-dasharray:4 3;stroke:var(--edge)}
            .map .name{font-size:13px;font-weight:600;fill:var(--ink)}
            .map .how,.map .uses{font-size:11.5px;fill:var(--soft)}
            .map .uses{fill:var(--ink)}
            .map a:hover rect,.map a:focus-visible rect{stroke:var(--accent);stroke-width:2}
            .map a:focus-visible{outline:none}
            @media (max-width:34rem){dl>div{grid-template-columns:1fr}}
            @media print{
            @page{margin:16mm;size:A4 landscape}
            :root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--panel:#fff;--tint:#f3f3f3;--line:#999;--edge:#555;--accent:#000;--accent-tint:#f3f3f3;--bad:#000}
            body{font-size:9.5pt}
            .page{max-width:none;padding:0}
            .skip,nav{display:none}
            .map-box,.scroll{overflow:visible;border-radius:0}
            svg.map{max-width:100%;height:auto}
            tr,dl>div,li{break-inside:avoid}
            h2,h3{break-after:avoid}
            }
            """;
}
