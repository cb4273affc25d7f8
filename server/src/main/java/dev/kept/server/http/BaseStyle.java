package dev.kept.server.http;

import dev.kept.server.configuration.LookSettings;

/** How pages that act look: the notice's paper and ink, with forms. The company's colours go in as values. */
final class BaseStyle {

    private BaseStyle() {}

    static String css(LookSettings look) {
        return CSS.replace("ACCENT-DARK", look.accentDark().toString())
                .replace("ACCENT", look.accent().toString())
                .replace("PAPER-DARK", LookSettings.PAPER_DARK.toString())
                .replace("PAPER", LookSettings.PAPER.toString());
    }

    private static final String CSS = """
            :root{color-scheme:light dark;
            --ink:#1e1d1a;--soft:#5f5b52;--paper:PAPER;--card:#fff;--tint:#f5f1e7;--line:#ddd7c8;--edge:#8a8475;--accent:ACCENT;--on-accent:#fff;
            --bad:#a32a1d;--bad-tint:#fbeeea;--warn:#7a5200;--warn-tint:#fbf3de;
            --serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Book Antiqua",Georgia,"Noto Serif",serif;
            --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
            --measure:38rem;--leading:1.6;--round:.5rem}
            @media (prefers-color-scheme:dark){:root{--ink:#e9e6de;--soft:#a8a397;--paper:PAPER-DARK;--card:#1e201c;--tint:#21231f;--line:#3b3d37;--edge:#858577;
            --accent:ACCENT-DARK;--on-accent:PAPER-DARK;--bad:#f2a597;--bad-tint:#3a211d;--warn:#ecc87a;--warn-tint:#332a17}}
            :root:lang(zh){--serif:"Songti SC","Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC",STSong,SimSun,serif;
            --sans:system-ui,"PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif;--leading:1.8}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1.5rem}
            body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);font:1.0625rem/var(--leading) var(--sans);overflow-wrap:break-word}
            .wide{max-width:68rem;margin:0 auto;padding:0 1.25rem}
            .column{max-width:var(--measure)}
            main{flex:1;width:100%;max-width:68rem;margin:0 auto;padding:2rem 1.25rem 4rem}
            main:focus{outline:none}
            p,ul,ol,dl,h1,h2,h3,h4,fieldset,figure{margin:0}
            p,ul,ol,dl{margin-top:1rem;text-wrap:pretty}
            h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
            h1{font:400 clamp(1.85rem,1.35rem + 2.2vw,2.6rem)/1.15 var(--serif);letter-spacing:-.012em}
            h2{font-size:1.3rem;font-weight:650;margin-top:2.5rem}
            h3{font-size:1.0625rem;font-weight:650;margin-top:1.75rem}
            ul,ol{padding-inline-start:1.25rem}
            li{margin-top:.35rem}
            li::marker{color:var(--accent)}
            .lead{font-size:1.16rem;color:var(--soft);max-width:var(--measure)}
            .soft{color:var(--soft)}
            .small{font-size:.9rem}
            a{color:var(--accent);text-underline-offset:.16em;text-decoration-thickness:1px}
            a:hover{text-decoration-thickness:2px}
            :focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:3px}
            .skip{position:absolute;inset-inline-start:1rem;top:-5rem;background:var(--paper);padding:.5rem .9rem;border:1px solid var(--accent);z-index:2}
            .skip:focus{top:1rem}
            .head{border-bottom:1px solid var(--line)}
            .head .wide{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.75rem;padding-top:.8rem;padding-bottom:.8rem}
            .company{color:var(--ink);font:600 1.2rem/1.3 var(--serif);text-decoration:none;padding:.3rem 0;margin-inline-end:auto}
            .company:hover{text-decoration:underline}
            .company img{display:block;height:2.25rem;max-width:14rem;object-fit:contain;object-position:0 50%}
            .links{font-size:.95rem}
            .links ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;list-style:none;padding:0;margin:0}
            .links li{margin:0}
            .links a{display:inline-block;padding:.4rem 0}
            .links a[aria-current]{color:var(--ink);font-weight:650;text-decoration:none}
            .foot{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
            .foot .wide{padding-top:1.25rem;padding-bottom:2rem}
            .foot p{margin-top:.25rem}
            form{margin-top:1.5rem}
            label,legend{font-weight:600}
            .field{margin-top:1.6rem}
            .field>label,.field>fieldset>legend{display:block}
            fieldset{border:0;padding:0;min-inline-size:0}
            legend{padding:0}
            .hint{color:var(--soft);font-size:.95rem;margin-top:.15rem}
            input:not([type=checkbox],[type=radio]),textarea,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:var(--round);
            padding:.6rem .75rem;width:100%;margin-top:.4rem;min-height:2.9rem}
            textarea{min-height:8rem;resize:vertical;field-sizing:content}
            input:focus-visible,textarea:focus-visible,select:focus-visible{outline-offset:1px;border-radius:var(--round)}
            input[type=checkbox],input[type=radio]{accent-color:var(--accent);width:1.25rem;height:1.25rem;margin:.2rem 0 0;flex:none}
            .choice{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;margin:0}
            .choice label{font-weight:400;flex:1}
            .choice label b{display:block;font-weight:600}
            .choice .hint{display:block;margin-top:0}
            .button,button{display:inline-block;font:600 1.0625rem/1.3 var(--sans);border-radius:var(--round);padding:.8rem 1.4rem;min-height:2.9rem;border:1px solid var(--accent);
            background:var(--accent);color:var(--on-accent);text-decoration:none;cursor:pointer;text-align:center}
            .button:hover,button:hover{filter:brightness(1.12)}
            .button.second,button.second{background:transparent;color:var(--accent)}
            .button.danger,button.danger{background:transparent;color:var(--bad);border-color:var(--bad)}
            .actions{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:center;margin-top:1.75rem}
            .card{background:var(--card);border:1px solid var(--line);border-radius:calc(var(--round) + .25rem);padding:1.25rem 1.4rem}
            .card>:first-child{margin-top:0}
            .note,.errors,.good{border-inline-start:4px solid var(--accent);background:var(--tint);padding:.9rem 1.15rem;margin-top:1.5rem;border-radius:0 var(--round) var(--round) 0}
            .note>:first-child,.errors>:first-child,.good>:first-child{margin-top:0}
            .errors{border-color:var(--bad);background:var(--bad-tint)}
            .errors+h1,.note+h1{margin-top:1.75rem}
            .errors h2{font-size:1.0625rem;color:var(--bad)}
            .errors a{color:inherit}
            .warn{border-color:var(--warn);background:var(--warn-tint)}
            .error{color:var(--bad);font-weight:600;font-size:.95rem;margin-top:.25rem}
            [aria-invalid=true]{border-color:var(--bad)!important;border-width:2px!important}
            dl.facts{display:grid;gap:.9rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr))}
            dl.facts dt{font-size:.9rem;color:var(--soft)}
            dl.facts dd{margin:0;font-weight:600}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:start;padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--line);vertical-align:top}
            code{font-size:.92em}
            .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
            @media (forced-colors:active){.button,button,.card,.note,.errors{border:1px solid}}
            @media (prefers-reduced-motion:no-preference){.button,button,a{transition:filter .12s,background-color .12s}}
            @media print{.skip,.links,form,.actions{display:none}:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--line:#999;--accent:#000}main{padding:0}}
            """;
}
