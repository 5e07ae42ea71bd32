namespace GalaxyNet.Train;

/// <summary>How an <see cref="ExplainedPage"/> looks, beside what it has in common with the report.</summary>
internal static class ExplainedStyle
{
    /// <summary>The style sheet.</summary>
    public static Html Sheet { get; } = Html.Of(
        $$"""

        a { color: var(--predicted); }
        .contents { columns: 320px; column-gap: 40px; padding-left: 20px; }
        .contents li { overflow-wrap: anywhere; break-inside: avoid; }
        .explained { border-top: 1px solid var(--line); margin-top: 28px; }
        .explained h2 { margin: 16px 0 0; overflow-wrap: anywhere; }
        .beware { background: var(--warning); border: 1px solid var(--voted); border-radius: 6px; padding: 4px 10px; }
        .beware { display: inline-block; margin: 8px 0 0; }
        .looks { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(180px, 46%), 1fr)); }
        .looks { max-width: 980px; }
        .stack { display: block; position: relative; aspect-ratio: 1; overflow: hidden; border-radius: 4px; }
        .stack img { width: 100%; height: 100%; display: block; }
        .stack .heat { position: absolute; background: none; border-radius: 0; }
        figcaption { padding: 4px 0; line-height: 1.3; }
        .explained table { max-width: 780px; margin: 8px 0; }
        .explained td { border-top: 1px solid var(--line); }
        .explained th { font-weight: 400; font-size: 0.87em; color: var(--soft); vertical-align: bottom; }
        .explained th.number { white-space: normal; }
        .explained small { white-space: normal; }
        .unsure { color: var(--voted); font-weight: 600; }
        .explained .tall { display: block; margin-top: 8px; }
        summary { cursor: pointer; color: var(--soft); }
        .scale { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; font-size: 0.87em; }
        .scale i { width: 160px; height: 14px; border-radius: 3px; }
        .scale i { background: linear-gradient(90deg, {{HeatMap.LossColor}}, #222, {{HeatMap.GainColor}}); }

        """);
}
