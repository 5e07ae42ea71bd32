using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>A bar of a <see cref="BarFigure"/>.</summary>
/// <param name="Class">The index of its class among the 37.</param>
/// <param name="Value">How high it is.</param>
/// <param name="Label">The text on top of it.</param>
internal sealed record ClassBar(int Class, double Value, string Label);

/// <summary>A number for each of some classes, as bars; those of one question have one color.</summary>
internal static class BarFigure
{
    private const int Width = 2000;
    private const int Height = 830;
    private const int LongNames = 280; // pixels below the bars, for the longest name
    private const int LeftOfNames = 100; // pixels left of the first bar, where its slanted name begins
    private const int Few = 10; // bars at which there is room for their answers in words

    /// <summary>Draws bars from left to right into a PNG file; the axis is named by what their heights are.</summary>
    public static void Write(string path, string title, string axis, IReadOnlyList<ClassBar> bars)
    {
        using var plot = FigureFont.CreatePlot();
        var colors = new ScottPlot.Palettes.Category20();
        var drawn = plot.Add.Bars(bars.Select((bar, i) => new Bar
        {
            Position = i,
            Value = bar.Value,
            FillColor = colors.GetColor(DecisionTree.QuestionOf(bar.Class).Number - 1),
            LineWidth = 0,
            Label = bar.Label,
        }).ToArray());
        drawn.ValueLabelStyle.FontName = FigureFont.Name;
        drawn.ValueLabelStyle.FontSize = 16;
        plot.Title(title, size: 30);
        plot.Axes.Title.Label.Bold = false;
        plot.YLabel(axis, size: 20);
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Left.TickLabelStyle.FontSize = 18;
        NameBars(plot, bars);
        plot.HideGrid();
        plot.Axes.Margins(left: 0.01, right: 0.01, bottom: 0, top: 0.12);
        plot.SaveFigure(path, Width, Height);
    }

    private static void NameBars(Plot plot, IReadOnlyList<ClassBar> bars)
    {
        double[] positions = [.. bars.Select((_, i) => (double)i)];
        var classes = bars.Select(bar => bar.Class);
        var axis = plot.Axes.Bottom;
        axis.TickLabelStyle.FontSize = 18;
        axis.MinimumSize = bars.Count <= Few ? 90 : LongNames;
        plot.Axes.Left.MinimumSize = bars.Count <= Few ? 0 : LeftOfNames;
        if (bars.Count <= Few)
        {
            axis.SetTicks(
                positions, [.. classes.Select(i => $"{DecisionTree.ClassNames[i]}\n{DecisionTree.AnswerNames[i]}")]);
            return;
        }
        axis.SetTicks(positions, [.. classes.Select(DecisionTree.NameInWords)]);
        axis.TickLabelStyle.Rotation = -50;
        axis.TickLabelStyle.Alignment = Alignment.UpperRight;
    }
}
