namespace GalaxyNet.Train;

/// <summary>What sets an image apart from those of the challenge, so that a network may not know what to say.</summary>
[Flags]
internal enum ImageWarnings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The sky is brighter than what galaxies are told from it by.</summary>
    BrightSky = 1,

    /// <summary>A galaxy among others as bright, or beside one much brighter.</summary>
    SeveralSources = 2,

    /// <summary>Nothing in the middle is brighter than the sky.</summary>
    NoSource = 4,

    /// <summary>A PNG of 16 bits a channel, of which the upper 8 are used.</summary>
    SixteenBits = 8,

    /// <summary>Much wider than high, or the other way round.</summary>
    NotSquare = 16,

    /// <summary>Fewer pixels than the smallest input of a network.</summary>
    Small = 32,
}

/// <summary>The warnings in words.</summary>
internal static class ImageWarningsInWords
{
    private static readonly (ImageWarnings Warning, string Name, string Sentence)[] All =
    [
        (ImageWarnings.BrightSky, "bright sky", "a bright sky, where the network knows a dark one"),
        (ImageWarnings.SeveralSources, "several sources", "several sources, of which one may be taken for the galaxy"),
        (ImageWarnings.NoSource, "no source", "no source in the middle"),
        (ImageWarnings.SixteenBits, "16 bits", "16 bits a channel, of which only the upper 8 are used"),
        (ImageWarnings.NotSquare, "not square", "unequal sides, and may be squeezed"),
        (ImageWarnings.Small, "small", "fewer than 64 pixels a side, and must be enlarged"),
    ];

    /// <summary>Each of the warnings, with what is said of images that have it: "... have a bright sky".</summary>
    public static IEnumerable<(ImageWarnings Warning, string Sentence)> Sentences =>
        All.Select(each => (each.Warning, each.Sentence));

    /// <summary>Some warnings of one image in a sentence: "the image has a bright sky, ...".</summary>
    public static string AfterHas(this ImageWarnings warnings) =>
        string.Join("; ", All.Where(each => warnings.HasFlag(each.Warning)).Select(each => each.Sentence));

    /// <summary>Some warnings in a cell of a table: <c>bright sky; small</c>.</summary>
    public static string InWords(this ImageWarnings warnings) =>
        string.Join("; ", All.Where(each => warnings.HasFlag(each.Warning)).Select(each => each.Name));
}
