namespace GalaxyNet.Train;

/// <summary>How the report looks.</summary>
internal static class ReportStyle
{
    /// <summary>The colors, for light pages and for dark ones.</summary>
    public static Html Colors { get; } = new(
        """
        :root { --predicted: #2166ac; --voted: #e08214; --guess: #b8bec6; --line: #d5dae0; }
        :root { --ink: #1c2733; --paper: #fff; --soft: #5b6875; --mark: #38444f; --track: #eef1f4; }
        :root { --warning: #fff4e0; color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          :root { --predicted: #5ba3e0; --voted: #f0a04b; --guess: #6d7782; --line: #38424c; --ink: #e3e8ed; }
          :root { --paper: #12171d; --soft: #9aa7b4; --mark: #b9c4cf; --track: #28313a; --warning: #3a2c12; }
        }
        """);

    /// <summary>The style sheet.</summary>
    public static Html Sheet { get; } = Html.Of(
        $$"""

        {{Colors}}
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1120px; padding: 16px; color: var(--ink); background: var(--paper); }
        body { font: 15px/1.45 system-ui, sans-serif; }
        h1 { overflow-wrap: anywhere; margin: 8px 0 16px; }
        h2 { margin: 36px 0 8px; }
        small { color: var(--soft); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 46%), 1fr)); gap: 10px; }
        .tile { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; }
        .tile { display: flex; flex-direction: column; }
        .tile b { font-size: 1.15em; line-height: 1.25; padding: 2px 0; overflow-wrap: anywhere; }
        .pair { display: grid; gap: 16px; margin-top: 20px; }
        .pair { grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); }
        figure { margin: 0; }
        svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 12px; fill: var(--mark); }
        svg .number { text-anchor: end; }
        svg .middle { text-anchor: middle; }
        .chart text { fill: var(--soft); }
        .grid { stroke: var(--line); }
        .curve { fill: none; stroke: var(--predicted); stroke-width: 2; }
        .dot, .bin { fill: var(--predicted); }
        .comparison { stroke: var(--voted); stroke-width: 1.5; stroke-dasharray: 7 4; }
        .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
        .warnings { background: var(--warning); border: 1px solid var(--voted); border-radius: 6px; }
        .warnings { padding: 0 12px; margin: 0 0 16px; }
        .by-question { display: grid; gap: 12px; }
        .by-question { grid-template-columns: repeat(auto-fill, minmax(min(500px, 100%), 1fr)); }
        .question-card { flex-wrap: wrap; align-items: flex-start; align-content: flex-start; }
        .question-card h3 { flex: 1 0 100%; margin: 0; font-size: 1em; }
        .question-card > p { flex: 1 1 200px; margin: 0; }
        .question-card > .counts { flex: 1 0 auto; }
        .counts th { white-space: nowrap; }
        .calibration { flex: 0 1 230px; width: 230px; }
        .calibration .count { font-size: 8.5px; text-anchor: middle; }
        .confusion th { font-weight: 400; font-size: 0.87em; line-height: 1.2; padding: 3px 4px 3px 0; }
        .confusion td, .confusion th.number { width: 34px; padding: 3px 4px; font-size: 0.87em; }
        .confusion td { border: 1px solid var(--line); }
        .confusion td { background: color-mix(in srgb, var(--predicted) calc(var(--share) * 45%), transparent); }
        .key { display: inline-block; width: 14px; height: 10px; }
        .bar { display: block; height: 6px; margin: 1px 0; min-width: 1px; }
        .predicted { background: var(--predicted); }
        .voted { background: var(--voted); }
        .guess { background: var(--guess); }
        .number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
        table { border-collapse: collapse; width: 100%; }
        td, th { text-align: left; padding: 3px 8px 3px 0; }
        .errors .bars { width: 34%; }
        .errors .number { padding-left: 8px; }
        .errors th.number { white-space: normal; }
        .question { border-top: 1px solid var(--line); }
        .question td { font-weight: 600; padding-top: 8px; }
        .answer td:first-child { padding-left: 16px; }
        .options td { border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .options td:first-child { width: 40%; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(440px, 100%), 1fr)); gap: 12px; }
        .card { display: flex; gap: 12px; border: 1px solid var(--line); border-radius: 6px; padding: 10px; }
        .card > div { flex: 1; min-width: 0; }
        img { width: 96px; height: 96px; border-radius: 4px; background: #000; }
        .whole { display: flex; flex-wrap: wrap; gap: 16px; align-items: center; margin-bottom: 16px; }
        .whole img { width: 192px; height: 192px; }
        .whole p { flex: 1; min-width: min(300px, 100%); margin: 0; }
        .both { display: grid; gap: 8px; align-items: center; }
        .both { grid-template-columns: minmax(0, 1fr) 86px minmax(40px, 30%); }
        .tree .asked { font-weight: 600; fill: var(--ink); }
        .tree .box { fill: var(--paper); stroke: var(--line); }
        .tree .track { fill: var(--track); }
        .tree .predicted { fill: var(--predicted); }
        .tree .voted { fill: var(--voted); }
        .tree .edge { fill: none; }
        .wide .edge { opacity: 0.55; }
        .edge.predicted { stroke: var(--predicted); }
        .edge.voted { stroke: var(--voted); }
        .tall { display: none; max-width: 460px; }
        @media (max-width: 1000px) {
          .wide { display: none; }
          .tall { display: block; }
        }
        @media (max-width: 480px) {
          body { font-size: 14px; padding: 10px; }
          .chart text { font-size: 15px; }
          .tree text { font-size: 13px; }
          .errors tr { display: grid; grid-template-columns: minmax(0, 1fr) 66px 58px; align-items: end; }
          .errors .number { padding: 3px 0; }
          .errors .bars { grid-column: 1 / -1; width: auto; padding: 0 0 4px 16px; }
          .errors .question .bars { padding-left: 0; }
          .question-card > .counts { flex: 1 0 100%; }
          .calibration { margin: 0 auto; }
          .calibration text { font-size: 12px; }
          .counts th { white-space: normal; }
          .card img { width: 72px; height: 72px; }
          .both { grid-template-columns: minmax(0, 1fr) 84px 52px; gap: 6px; }
        }

        """);
}
