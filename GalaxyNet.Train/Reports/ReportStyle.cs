namespace GalaxyNet.Train;

/// <summary>How the report looks.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public static Html Sheet { get; } = new(
        """

        :root { --predicted: #2166ac; --voted: #e08214; --guess: #b8bec6; --line: #d5dae0; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1120px; padding: 16px; font: 15px/1.45 system-ui, sans-serif; color: #1c2733; background: #fff; }
        h1 { overflow-wrap: anywhere; margin: 8px 0 16px; }
        h2 { margin: 36px 0 8px; }
        small { color: #5b6875; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 10px; }
        .tile { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; display: flex; flex-direction: column; }
        .tile b { font-size: 1.15em; line-height: 1.25; padding: 2px 0; overflow-wrap: anywhere; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px; margin-top: 20px; }
        figure { margin: 0; }
        svg { width: 100%; height: auto; }
        svg text { font-size: 12px; fill: #5b6875; }
        svg .number { text-anchor: end; }
        svg .epoch { text-anchor: middle; }
        .grid { stroke: var(--line); }
        .curve { fill: none; stroke: var(--predicted); stroke-width: 2; }
        .dot { fill: var(--predicted); }
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
        .question td { font-weight: 600; border-top: 1px solid var(--line); padding-top: 8px; }
        .answer td:first-child { padding-left: 16px; }
        .options td { border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .options td:first-child { width: 40%; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(440px, 100%), 1fr)); gap: 12px; }
        .card { display: flex; gap: 12px; border: 1px solid var(--line); border-radius: 6px; padding: 10px; }
        .card > div { flex: 1; min-width: 0; }
        img { width: 96px; height: 96px; border-radius: 4px; background: #000; }
        .whole img { width: 192px; height: 192px; }
        .both { display: grid; grid-template-columns: minmax(0, 1fr) 86px minmax(40px, 30%); gap: 8px; align-items: center; }
        .tree .tree { margin: 4px 0 8px 6px; border-left: 2px solid var(--line); padding-left: 12px; }
        .branch { margin: 8px 0; }
        @media (max-width: 480px) {
          body { font-size: 13px; padding: 10px; }
          .errors .bars { width: 22%; }
          .tree .tree { margin-left: 2px; padding-left: 8px; }
          .whole img { width: 192px; height: 192px; }
        .both { grid-template-columns: minmax(0, 1fr) 76px 48px; gap: 6px; }
        }

        """);
}
