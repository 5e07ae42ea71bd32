namespace GalaxyNet.Train;

/// <summary>
/// The 37 classes under the names of Galaxy Zoo 2's own tables (Willett et al. 2013, arXiv:1308.3496): question and
/// answer. Each is an identifier in any language, and there are no two of one name.
/// </summary>
/// <remarks>
/// The tables' columns go on with <c>_fraction</c> and the like, which are shares of those asked. The challenge's are
/// shares of all volunteers, and so are these.
/// </remarks>
internal static class GalaxyZoo2Names
{
    /// <summary>The names, in the order of <see cref="DecisionTree.ClassNames"/>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Of("t01_smooth_or_features", "a01_smooth", "a02_features_or_disk", "a03_star_or_artifact"),
        .. Of("t02_edgeon", "a04_yes", "a05_no"),
        .. Of("t03_bar", "a06_bar", "a07_no_bar"),
        .. Of("t04_spiral", "a08_spiral", "a09_no_spiral"),
        .. Of("t05_bulge_prominence", "a10_no_bulge", "a11_just_noticeable", "a12_obvious", "a13_dominant"),
        .. Of("t06_odd", "a14_yes", "a15_no"),
        .. Of("t07_rounded", "a16_completely_round", "a17_in_between", "a18_cigar_shaped"),
        .. Of(
            "t08_odd_feature",
            "a19_ring", "a20_lens_or_arc", "a21_disturbed", "a22_irregular", "a23_other", "a24_merger",
            "a38_dust_lane"),
        .. Of("t09_bulge_shape", "a25_rounded", "a26_boxy", "a27_no_bulge"),
        .. Of("t10_arms_winding", "a28_tight", "a29_medium", "a30_loose"),
        .. Of("t11_arms_number", "a31_1", "a32_2", "a33_3", "a34_4", "a36_more_than_4", "a37_cant_tell"),
    ];

    private static IEnumerable<string> Of(string question, params string[] answers) =>
        answers.Select(answer => $"{question}_{answer}");
}
