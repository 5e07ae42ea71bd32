using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Benchmarks;

/// <summary><c>ladder</c>: from the naive matrix product to the fast one, rung by rung.</summary>
internal sealed class LadderCommand : Command
{
    private const int Runs = 10;
    private const string Library = "the library's";
    private const string CuBlas = "cuBLAS";
    private const string InTf32 = ", TF32";

    private readonly Option<string> device = DeviceOption.Create();

    private readonly NumberOption<int> size = new NumberOption<int>("--size")
    {
        Description = "The side of the square matrices",
        HelpName = "N",
        DefaultValueFactory = _ => 1024,
    }.AtLeast(1);

    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    /// <summary>Declares the command.</summary>
    public LadderCommand(Terminal terminal)
        : base(
            "ladder",
            """
            Time the ladder of matrix products on a GPU, beside the library's own and cuBLAS, with figures from the PTX.
            On tensor cores the library's and cuBLAS's product in TF32 too.
            Example: ladder --device cuda --size 2048
            """)
    {
        this.terminal = terminal;
        Add(device);
        Add(size);
        Add(json);
        SetAction(Run);
    }

    private void Run(ParseResult result)
    {
        int side = result.GetValue(size);
        using var opened = DeviceOption.Open(result.GetRequiredValue(device), terminal);
        bool hasGroups = opened.Schedule == Schedule.Gpu;
        if (!hasGroups)
            terminal.Log($"Nothing is timed: the rungs need a GPU's groups of threads, and this is {opened.Name}.");
        var times = hasGroups ? Measure(opened, side) : [];
        string[] others = [Library, CuBlas];
        if (opened.HasTensorCores)
        {
            using var again = Device.Open(
                DeviceOption.AddressOf(result.GetRequiredValue(device)), precision: Precision.TensorFloat32);
            foreach (var (name, gflops) in MeasureOthers(again, side))
                times.Add(name + InTf32, gflops);
            others = [.. others, .. others.Select(name => name + InTf32)];
        }
        var products = Rung.All.Select(rung => LadderProduct.Of(rung, times))
            .Concat(others.Select(name => LadderProduct.Of(name, times)));
        if (result.GetValue(json))
            terminal.WriteJson(new { Device = opened.Name, Size = side, products });
        else
            Show(opened, side, products);
    }

    private void Show(Device opened, int side, IEnumerable<LadderProduct> products) => terminal.WriteTable(
        [$"{side}^3 on {opened.Name}", " GFLOP/s", " FMAs", " shared bytes/FMA", " barriers", "inner loop for SM_80"],
        products.Select(product => new[]
        {
            product.Name,
            Text(product.Gflops, "N1"),
            Text(product.FmaShare, "P0"),
            Text(product.SharedBytesPerFma, "F0"),
            Text(product.Barriers, "F0"),
            product.InnerLoop is { } kinds ? string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}")) : "",
        }));

    private static string Text<T>(T? number, string format)
        where T : struct, IFormattable =>
        number?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private Dictionary<string, double> Measure(Device opened, int side)
    {
        var extents = new ProductExtents(side, side, side);
        Shape shape = [side, side];
        using var left = opened.Allocate(shape, Values.Uniform(shape, 1));
        using var right = opened.Allocate(shape, Values.Uniform(shape, 2));
        using var product = opened.Allocate(shape);
        var times = MeasureOthers(opened, side);
        foreach (var rung in Rung.All)
        {
            var multiply = rung.Load(opened, extents);
            times[rung.Name] = GflopsOf(side, Seconds(opened, () => multiply(left.Data, right.Data, product.Data)));
        }
        return times;
    }

    /// <summary>What is no rung, at the device's precision.</summary>
    private Dictionary<string, double> MeasureOthers(Device opened, int side)
    {
        var extents = new ProductExtents(side, side, side);
        Shape shape = [side, side];
        using var left = opened.Allocate(shape, Values.Uniform(shape, 1));
        using var right = opened.Allocate(shape, Values.Uniform(shape, 2));
        using var product = opened.Allocate(shape);
        using var dense = new Dense(opened, side, side);
        var times = new Dictionary<string, double>();
        times[Library] = Seconds(opened, () => dense.BackwardInput(left, right, product));
        var (cuBlas, whyNot) = CuBlasProduct.Open(opened);
        using (cuBlas)
        {
            terminal.Log(cuBlas is null ? whyNot! : $"Beside {cuBlas.Name}");
            if (cuBlas is not null)
                times[CuBlas] = Seconds(opened, () => cuBlas.Multiply(left.Data, right.Data, product.Data, extents));
        }
        return times.ToDictionary(time => time.Key, time => GflopsOf(side, time.Value));
    }

    private static double GflopsOf(int side, double seconds) => 2e-9 * Math.Pow(side, 3) / seconds;

    private double Seconds(Device opened, Action run) =>
        RunTimes.MedianOf(opened, RunTimes.Count(opened, Runs), run, terminal.Cancellation);
}
