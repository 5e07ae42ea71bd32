using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>preprocess</c>: galaxies cut out and scaled, as PNG files.</summary>
internal sealed class PreprocessCommand : Command
{
    private readonly PathOption<string> data = CommonOptions.Data();
    private readonly PathOption<string> output = CommonOptions.OutFolder("Where to write <GalaxyID>.png", "DIR");
    private readonly Option<bool> skipBad = CommonOptions.SkipBad("listed in OUT/skipped.txt and left out");

    private readonly Option<string> crop = new("--crop")
    {
        Description = "tight: gray, only the galaxy; wide: color, with room to rotate it",
        DefaultValueFactory = _ => GalaxyCrop.Wide.Name,
    };

    private readonly NumberOption<int> size = new NumberOption<int>("--size")
    {
        Description = "The width and height of the images, in pixels",
        DefaultValueFactory = _ => 64,
    }.OneOf(64, 128);

    private readonly Option<bool> json = CommonOptions.Json();

    private readonly Terminal terminal;

    public PreprocessCommand(Terminal terminal)
        : base(
            "preprocess",
            "Cut the galaxies out as the network sees them; a second run adds what is missing.\n"
            + "Example: preprocess --data galaxyzoo --out images --crop wide --size 64")
    {
        this.terminal = terminal;
        crop.AcceptOnlyFromAmong([.. GalaxyCrop.All.Select(each => each.Name)]);
        this.AddAll(data, output, crop, size, skipBad, json);
        SetAction(Preprocess);
    }

    private void Preprocess(ParseResult result)
    {
        string folder = result.GetRequiredValue(output);
        string skipped = Path.Combine(folder, ProblemList.FileName);
        ProblemList.RequireOwn(skipped);
        var galaxies = GalaxyFolder.Open(result.GetRequiredValue(data));
        var summary = Preprocess(
            galaxies, folder, GalaxyCrop.Named(result.GetRequiredValue(crop)), result.GetRequiredValue(size));
        terminal.LogWithoutLabel(galaxies);
        if (!result.GetValue(skipBad))
            galaxies.Problems.ThrowIfAny(canSkip: true);
        galaxies.Problems.Save(skipped);
        terminal.LogSkipped(galaxies.Problems);
        if (result.GetValue(json))
            terminal.WriteJson(summary);
        else
            terminal.WriteLine(
                $"{summary.Written} images written to {folder}, {summary.AlreadyThere} were there already, "
                + $"{summary.Skipped} skipped");
    }

    private Summary Preprocess(GalaxyFolder galaxies, string folder, GalaxyCrop crop, int size)
    {
        var images = galaxies.Images;
        bool[] isThere = Interruptible(() => WrittenCrop.AreThere(
            [.. images.Select(image => PathIn(folder, image))],
            [.. images.Select(image => image.Path)],
            crop,
            size,
            terminal.Cancellation));
        GalaxyFile[] missing = [.. images.Where((_, i) => !isThere[i])];
        var dark = new ConcurrentBag<string>();
        var errors = WriteAll(missing.Length, i =>
        {
            byte[] file = ImageFile.ReadBytes(missing[i].Path);
            if (crop.Crop(new ImageDecoder().Decode(file, missing[i].Path), size) is { } galaxy)
                WrittenCrop.Write(PathIn(folder, missing[i]), galaxy, file);
            else
                dark.Add(missing[i].Path);
        });
        galaxies.Problems.AddAll(errors);
        foreach (string path in dark.Order(StringComparer.Ordinal))
            terminal.LogDark(path, "skipped");
        int bad = errors.Count(error => error is not null);
        return new Summary(
            folder, missing.Length - dark.Count - bad, images.Count - missing.Length, dark.Count + bad);
    }

    private UserErrorException?[] WriteAll(int count, Action<int> write) => Interruptible(() => terminal.Track(
        "Preprocessing", progress => AllCores.Try(count, write, progress, terminal.Cancellation)));

    private static T Interruptible<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                "Interrupted: the images written so far are whole, and the same command does the rest",
                exception,
                exception.CancellationToken);
        }
    }

    private static string PathIn(string folder, GalaxyFile image) =>
        Path.Combine(folder, image.Id.ToString(CultureInfo.InvariantCulture) + ".png");

    /// <summary>What was done.</summary>
    private sealed record Summary(string Folder, int Written, int AlreadyThere, int Skipped);
}
