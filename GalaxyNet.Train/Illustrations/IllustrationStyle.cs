namespace GalaxyNet.Train;

/// <summary>How the pictures look: blue and orange, which everybody can tell apart, and never by color alone.</summary>
internal static class IllustrationStyle
{
    /// <summary>The style sheet. What is first is blue and solid; what is second is orange and dashed.</summary>
    public static Html Sheet { get; } = Html.Of(
        $$"""

        {{ReportStyle.Colors}}
        :root { --first: var(--predicted); --second: var(--voted); }
        text { font: 16px system-ui, sans-serif; fill: var(--ink); }
        .small { font-size: 14px; }
        .index { font-size: 14px; }
        .strong { font-weight: 600; }
        .soft { fill: var(--soft); }
        .symbol { font-style: italic; }
        .middle { text-anchor: middle; }
        .end { text-anchor: end; }
        .card { fill: var(--paper); stroke: var(--line); }
        .box { fill: var(--track); stroke: var(--mark); }
        .box-first { fill: var(--first); fill-opacity: 0.15; stroke: var(--first); stroke-width: 2; }
        .ring-second { fill: none; stroke: var(--second); stroke-width: 3; }
        .cell { fill: none; stroke: var(--guess); }
        .grid { fill: none; stroke: var(--line); }
        .line, .thin, .first, .second { fill: none; stroke: var(--mark); stroke-width: 2; }
        .thin { stroke-width: 1; }
        .first { stroke: var(--first); stroke-width: 2.5; }
        .second { stroke: var(--second); stroke-width: 2.5; stroke-dasharray: 7 4; }
        .head { fill: var(--mark); }
        .head-first, .full-first { fill: var(--first); }
        .head-second, .full-second { fill: var(--second); }
        .tint-first { fill: var(--first); fill-opacity: 0.22; }
        .tint-second { fill: var(--second); fill-opacity: 0.26; }
        .tint { fill: var(--guess); fill-opacity: 0.3; }

        """);
}
