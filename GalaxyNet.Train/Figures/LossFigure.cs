using ScottPlot;

namespace GalaxyNet.Train;

/// <summary>The loss of a run, batch by batch, as in the notebook.</summary>
internal static class LossFigure
{
    private const int Width = 1000;
    private const int Height = 600;
    private const int RightMargin = 30; // for half of the last number below
    private const int First = 3; // the notebook leaves these out: they may be a thousand times larger than later ones

    /// <summary>
    /// Draws the loss of each batch and the mean of each epoch; all epochs have the same number of batches. The losses
    /// of the first steps may be above the figure.
    /// </summary>
    public static void Write(
        string path, string title, string lossName, IReadOnlyList<float> losses, IReadOnlyList<double> epochMeans)
    {
        using var plot = FigureFont.CreatePlot();
        double epochBatches = (double)losses.Count / epochMeans.Count;
        var batches = plot.Add.Signal(losses.Select(loss => (double)loss).ToArray());
        batches.LegendText = "batch";
        batches.Color = Colors.SteelBlue.WithAlpha(0.5);
        var epochs = plot.Add.Scatter(
            epochMeans.Select((_, epoch) => (epoch + 0.5) * epochBatches).ToArray(), epochMeans.ToArray());
        epochs.LegendText = "epoch, mean";
        epochs.Color = Colors.DarkOrange;
        epochs.LineWidth = 2;
        plot.ShowLegend(Alignment.UpperRight);
        plot.Title(title, size: 22);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel("Batch");
        plot.YLabel(lossName);
        plot.Axes.SetLimits(0, losses.Count, 0, losses.Skip(Math.Min(First, losses.Count - 1)).Max() * 1.1);
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.SaveFigure(path, Width, Height);
    }
}
