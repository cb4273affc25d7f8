package dev.kept.server.centre;

/** What the centre's pages need besides what all pages share. */
final class CentreStyle {

    private CentreStyle() {}

    static final String CSS = """
            .tongues{order:1}
            .parts{order:2;flex-basis:100%}
            .welcome{padding:1.5rem 0 .5rem}
            .tiles{max-width:56rem;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));list-style:none;padding:0;margin-top:2rem}
            .tiles li{margin:0;display:flex}
            .tile{display:flex;flex-direction:column;flex:1;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.35rem 1.5rem 1.5rem;color:inherit;text-decoration:none}
            .tile b{font:400 1.4rem/1.25 var(--serif);color:var(--accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.18em}
            .tile span{margin-top:.5rem;color:var(--soft)}
            .tile:hover{border-color:var(--accent)}
            .tile:hover b{text-decoration-thickness:2px}
            .tile:focus-visible{border-radius:.75rem}
            .tile.main{background:var(--tint);border-color:var(--accent)}
            .rows{list-style:none;padding:0;margin-top:.75rem;max-width:44rem}
            .rows li{margin:0;border-top:1px solid var(--line)}
            .rows li:last-child{border-bottom:1px solid var(--line)}
            .row{display:grid;grid-template-columns:1fr auto;gap:0 1rem;align-items:center;padding:.95rem .25rem;color:inherit;text-decoration:none}
            .row b{color:var(--accent);font-weight:600;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.16em}
            .row span{color:var(--soft);font-size:.97rem;grid-column:1}
            .row::after{content:"\\203A";grid-column:2;grid-row:1/span 2;color:var(--accent);font-size:1.5rem;line-height:1}
            [dir=rtl] .row::after{transform:scaleX(-1)}
            .row:hover{background:var(--tint)}
            .row:hover b{text-decoration-thickness:2px}
            .row.still::after{content:none}
            .state{display:inline-block;font-weight:600;font-size:.9rem;padding:.15rem .7rem;border-radius:1rem;background:var(--tint);border:1px solid var(--line);color:var(--ink)}
            .state.wants{background:var(--warn-tint);border-color:var(--warn);color:var(--warn)}
            .state.done{border-color:var(--accent);color:var(--accent)}
            .standing{max-width:44rem;margin-top:1.5rem}
            .standing .about{font-size:1.1rem}
            .number{font-variant-numeric:tabular-nums;letter-spacing:.04em;white-space:nowrap}
            .codes input{max-width:14rem;font-size:1.35rem!important;letter-spacing:.12em;font-variant-numeric:tabular-nums;text-transform:uppercase}
            .step{max-width:44rem;margin-top:2rem;padding:1.5rem 1.6rem;border:1px solid var(--accent);border-radius:.75rem;background:var(--tint)}
            .step>h2{margin-top:0}
            .messages{list-style:none;padding:0;max-width:44rem}
            .messages li{margin-top:1rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem}
            .messages li.you{background:var(--tint);margin-inline-start:clamp(0rem,6vw,3rem)}
            .messages p{margin:.35rem 0 0;white-space:pre-line}
            .messages .by{margin:0;font-size:.9rem;color:var(--soft)}
            .stays{list-style:none;padding:0;max-width:44rem}
            .stays li{margin:0;padding:.5rem 0;border-top:1px solid var(--line)}
            .history{list-style:none;padding:0;max-width:44rem}
            .history li{display:grid;grid-template-columns:minmax(8.5rem,auto) 1fr;gap:0 1.25rem;margin:0;padding:.4rem 0;border-top:1px solid var(--line)}
            .history time{color:var(--soft);font-size:.95rem}
            .quiet{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);max-width:44rem}
            details>summary{cursor:pointer;color:var(--accent);padding:.35rem 0;font-weight:600}
            .uses{list-style:none;padding:0;margin-top:.75rem;max-width:44rem}
            .uses li{margin:0;padding:1.1rem 0;border-top:1px solid var(--line);display:grid;grid-template-columns:1fr auto;gap:.5rem 1.5rem;align-items:start}
            .uses h3{margin:0}
            .uses p{margin:.2rem 0 0;color:var(--soft);font-size:.97rem}
            @media (max-width:30rem){.uses li{grid-template-columns:1fr}.history li{grid-template-columns:1fr}.button,button{width:100%}.actions a.button{width:100%}}
            @media (min-width:62rem){.tongues{order:2}.parts{order:1;flex-basis:auto}.company{margin-inline-end:1rem}.tongues{margin-inline-start:auto}}
            """;
}
