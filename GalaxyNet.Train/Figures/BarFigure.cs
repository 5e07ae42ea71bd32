using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>A bar of a <see cref="BarFigure"/>.</summary>
/// <param name="Class">The place of its class among the 37.</param>
/// <param name="Value">How high it is.</param>
/// <param name="Label">What stands on top of it.</param>
internal sealed record ClassBar(int Class, double Value, string Label);

/// <summary>A number for each of some classes, as bars; those of one question have one color.</summary>
internal static class BarFigure
{
    private const int Width = 2000;
    private const int Height = 640;
    private const int Few = 10; // bars that have room for their answers in words

    /// <summary>Draws the bars.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="title">Above them.</param>
    /// <param name="axis">What their heights are.</param>
    /// <param name="bars">From left to right.</param>
    /// <exception cref="UserErrorException">The path cannot be written.</exception>
    public static void Write(string path, string title, string axis, IReadOnlyList<ClassBar> bars)
    {
        using var plot = FigureFont.CreatePlot();
        var colors = new ScottPlot.Palettes.Category20();
        var drawn = plot.Add.Bars(bars.Select((bar, place) => new Bar
        {
            Position = place,
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
        double[] places = [.. bars.Select((_, place) => (double)place)];
        var axis = plot.Axes.Bottom;
        axis.TickLabelStyle.FontSize = 18;
        axis.MinimumSize = 90;
        if (bars.Count <= Few)
        {
            axis.SetTicks(
                places,
                [.. bars.Select(bar => $"{DecisionTree.ClassNames[bar.Class]}\n{DecisionTree.AnswerNames[bar.Class]}")]);
            return;
        }
        axis.SetTicks(places, [.. bars.Select(bar => DecisionTree.ClassNames[bar.Class])]);
        axis.TickLabelStyle.Rotation = -35;
        axis.TickLabelStyle.Alignment = Alignment.UpperRight;
    }
}
