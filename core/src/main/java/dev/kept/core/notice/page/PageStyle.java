package dev.kept.core.notice.page;

/** How a page looks: a book's text with a margin beside it; the contents stand left of both where there is room. */
final class PageStyle {

    private PageStyle() {}

    static final String CSS = """
            :root{color-scheme:light dark;
            --ink:#1e1d1a;--soft:#5f5b52;--paper:#fdfcf9;--tint:#f5f1e7;--line:#ddd7c8;--accent:#1f6b4a;
            --serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Book Antiqua",Georgia,"Noto Serif",serif;
            --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
            --measure:36rem;--margin:15rem;--gap:2.75rem;--leading:1.62}
            @media (prefers-color-scheme:dark){:root{--ink:#e9e6de;--soft:#a8a397;--paper:#171815;--tint:#21231f;--line:#3b3d37;--accent:#86cfa9}}
            :root:lang(zh){--serif:"Songti SC","Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC",STSong,SimSun,serif;
            --sans:system-ui,"PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif;--leading:1.85}
            :root:lang(ja){--leading:1.85}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1.5rem}
            body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/var(--leading) var(--serif);overflow-wrap:break-word;
            text-rendering:optimizeLegibility;font-kerning:normal;hanging-punctuation:first allow-end}
            .page{max-width:calc(var(--measure) + 2.5rem);margin:0 auto;padding:1.25rem 1.25rem 4rem}
            main:focus{outline:none}
            p,ul,ol,dl{margin:0}
            main p,main li{hyphens:auto;text-wrap:pretty}
            a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
            a:hover{text-decoration-thickness:2px}
            a:focus-visible,summary:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
            .skip{position:absolute;inset-inline-start:1rem;top:-4rem;background:var(--paper);padding:.5rem .9rem;border:1px solid var(--accent);z-index:1;font-family:var(--sans)}
            .skip:focus{top:1rem}
            header{border-bottom:1px solid var(--line);padding-bottom:1.75rem}
            .languages ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;font:.875rem/1.5 var(--sans)}
            .languages a{display:inline-block;padding:.25rem 0}
            .languages a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
            h1,h2,h3,h4,h5,h6{font-weight:700;line-height:1.25;text-wrap:balance;margin:0;break-after:avoid}
            h1{font-size:clamp(1.9rem,1.3rem + 2.6vw,2.75rem);font-weight:400;letter-spacing:-.012em;line-height:1.14;margin-top:2rem}
            .edition{font:.875rem/1.5 var(--sans);color:var(--soft);margin-top:.9rem}
            .contents{font:.9rem/1.45 var(--sans);padding:1.5rem 0;border-bottom:1px solid var(--line);margin-bottom:2.25rem}
            .contents h2{font:inherit;font-weight:600;color:var(--soft);margin-bottom:.5rem}
            .contents ol{list-style:none;padding:0}
            .contents ol ol{padding-inline-start:1rem;font-size:.94em}
            .contents a{display:block;padding:.28rem 0;text-decoration:none}
            .contents a:hover{text-decoration:underline}
            .contents ol ol a{color:var(--soft)}
            section{margin-top:3.5rem}
            h2{font-size:1.6rem;letter-spacing:-.006em}
            h3{font-size:1.16rem;margin-top:2.4rem}
            h4,h5,h6{font-size:1.03rem;margin-top:1.8rem}
            main p,main>ul,main>ol,section>ul,section>ol{margin-top:1rem}
            h1+p,h2+p,h3+p{margin-top:.7rem}
            main ul,main ol{padding-inline-start:1.15rem}
            main li{margin-top:.8rem}
            main li::marker{color:var(--accent)}
            main li p{margin-top:0}
            main li p+p,main li .entry+p,main li p+.entry{margin-top:.6rem}
            .short{background:var(--tint);border-inline-start:3px solid var(--accent);padding:.8rem 1.1rem;margin-top:1.1rem}
            .label{display:block;font:600 .8rem/1.5 var(--sans);color:var(--accent);letter-spacing:.02em}
            .sentence:target{background:var(--tint);box-shadow:0 0 0 .25em var(--tint);border-radius:1px}
            h2 .sentence:target,h3 .sentence:target{background:none;box-shadow:none}
            .beside{font:.8125rem/1.45 var(--sans);color:var(--soft);margin-top:.55rem;padding-inline-start:.9rem;border-inline-start:1px solid var(--line);hyphens:none}
            .facts{display:grid;gap:.45rem 1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr))}
            .facts dt{font-weight:600;color:var(--ink)}
            .facts dd{margin:0}
            .facts+.facts{margin-top:.8rem}
            .source{display:block}
            code{font-size:.9em}
            footer{font:.875rem/1.55 var(--sans);color:var(--soft);border-top:1px solid var(--line);margin-top:4rem;padding-top:1.5rem}
            footer ul{padding:0;list-style:none}
            footer h2{font:600 .875rem/1.5 var(--sans);margin-top:1.25rem}
            .hash{overflow-wrap:anywhere}
            .formats{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin-top:.5rem}
            .formats ul{display:flex;flex-wrap:wrap;gap:0 1.25rem}
            footer a{display:inline-block;padding:.15rem 0}
            @media (min-width:62rem){
            .page{max-width:calc(var(--measure) + var(--gap) + var(--margin) + 4rem);padding:2rem 2rem 5rem}
            main>*,section>*{max-width:var(--measure)}
            section,main>.entry,section>.entry,main>ul,main>ol,section>ul,section>ol{max-width:none}
            li>p,li>ul,li>ol{max-width:none}
            main>ul>li>p,main>ol>li>p,section>ul>li>p,section>ol>li>p{max-width:calc(var(--measure) - 1.15rem)}
            .entry{display:grid;grid-template-columns:minmax(0,1fr) var(--margin);column-gap:var(--gap);align-items:start}
            .beside{margin:.3rem 0 .45rem}
            .short+.beside{margin-top:1.2rem}
            }
            @media (min-width:78rem){
            .page{max-width:none;width:max-content;display:grid;grid-template-columns:13rem calc(var(--measure) + var(--gap) + var(--margin));column-gap:3.25rem;grid-template-rows:auto auto 1fr}
            header,main,footer{grid-column:2}
            header{padding-top:.25rem}
            .contents{grid-column:1;grid-row:1/span 3;align-self:start;position:sticky;top:0;max-height:100vh;overflow-y:auto;border:0;margin:0;padding:2.5rem .5rem 2rem 0;scrollbar-width:thin}
            main{margin-top:.75rem}
            }
            @media print{
            @page{margin:18mm 17mm 20mm}
            :root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--tint:#f3f3f3;--line:#999;--accent:#000;--margin:4.4cm;--gap:.6cm}
            body{font-size:10.2pt;line-height:1.45}
            .skip,.languages,.contents ol ol{display:none}
            .page,main>*,section>*{max-width:none;padding:0;display:block}
            .contents{columns:2;column-gap:1cm;border-bottom:1px solid var(--line)}
            .contents h2{column-span:all}
            a{color:inherit;text-decoration:none}
            main a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em}
            h1{font-size:22pt;margin-top:0}h2{font-size:14.5pt}h3{font-size:11.5pt;margin-top:1.4rem}
            section{margin-top:2rem}
            .entry{display:grid!important;grid-template-columns:minmax(0,1fr) var(--margin);column-gap:var(--gap)}
            .beside{font-size:7.8pt;line-height:1.35;margin:.1rem 0 .4rem}
            .short{border-inline-start:2px solid #000;background:none;padding:.1rem 0 .1rem .8rem;break-after:avoid}
            p,li{orphans:3;widows:3}
            .entry,.short,li>p{break-inside:avoid}
            .sentence:target{background:none;box-shadow:none}
            footer{margin-top:2rem;break-inside:avoid}
            }
            """;
}
