using System.Globalization;

namespace GalaxyNet.Tests;

/// <summary>Products on tensor cores: every bit as <see cref="TensorCore"/> has it, and how far that is off.</summary>
[TestFixture]
internal sealed class TensorProductTests
{
    private const int Depth = 40; // two slices and a half

    private static IEnumerable<string> Devices => TestDevices.NamesOfGpuSchedule.Where(name => name == "cuda");

    private static IEnumerable<TestCaseData> Tiles() =>
        from device in Devices
        from tile in CudaTileShapes.OnTensorCores
        select new TestCaseData(device, tile).SetArgDisplayNames(device, tile.Name);

    private static IEnumerable<TestCaseData> Sums() =>
        from device in Devices
        from depth in (int[])[256, 8192, 65536]
        from least in (float[])[-1, 0]
        select new TestCaseData(device, depth, least)
            .SetArgDisplayNames(device, $"{depth} terms", least < 0 ? "of both signs" : "positive");

    /// <summary>A whole tile, so that every lane of every warp has its part.</summary>
    [TestCaseSource(nameof(Tiles))]
    public void EveryBitIsThatOfTensorCores(string device, TileShape tile)
    {
        var product = new Product(tile.Rows, tile.Columns, Depth, least: -1);
        float[] actual = product.On(TestDevices.Get(device), tile);
        for (int row = 0; row < tile.Rows; row++)
        {
            for (int column = 0; column < tile.Columns; column++)
            {
                float expected = product.Emulated(row, column, tile.Arithmetic);
                Assert.That(actual[(row * tile.Columns) + column], Is.EqualTo(expected), $"row {row}, column {column}");
            }
        }
    }

    /// <summary>Of factors between -1 and 1, or 0 and 1, where truncated sums show most.</summary>
    [TestCaseSource(nameof(Sums))]
    public void ErrorsAreThoseOfThePage(string device, int depth, float least)
    {
        var product = new Product(16, 16, depth, least);
        string row = string.Create(
            CultureInfo.InvariantCulture, $"| {depth:N0}, {(least < 0 ? "of both signs" : "positive")} |");
        foreach (string name in (string[])["64x64", "64x64-3xtf32", "64x64-tf32"])
        {
            var tile = CudaTileShapes.All.Single(each => each.Name == name);
            double error = RelativeDifference.Of<float, double>(
                product.On(TestDevices.Get(device), tile), product.InFloat64());
            Assert.That(error, Is.LessThan(tile.Arithmetic == TileArithmetic.Tf32 ? 1e-3 : 1e-5), tile.Name);
            row += $" {error.ToString("0.0e-0", CultureInfo.InvariantCulture)} |";
        }
        Assert.That(
            File.ReadAllText(Repository.Path("GalaxyNet.Kernels", "Cuda", "TensorCores", "README.md")),
            Does.Contain(row));
    }

    /// <summary>x w^T, x [rows, depth] and w [columns, depth].</summary>
    private sealed class Product(int rows, int columns, int depth, float least)
    {
        private readonly float[] left = Values.Between(least, 1)([rows, depth], 1);
        private readonly float[] right = Values.Between(least, 1)([columns, depth], 2);

        public float[] On(Device device, TileShape tile)
        {
            using var dense = new Dense(device, depth, columns, new TileChoice(tile, Parts: 1));
            using var input = device.Allocate([rows, depth], left);
            using var weight = device.Allocate([columns, depth], right);
            using var bias = device.Allocate([columns]);
            using var output = device.Allocate([rows, columns]);
            dense.Forward(input, weight, bias, output);
            return output.ToArray();
        }

        public double[] InFloat64() =>
        [
            .. from row in Enumerable.Range(0, rows)
               from column in Enumerable.Range(0, columns)
               select Enumerable.Range(0, depth)
                   .Sum(i => (double)left[(row * depth) + i] * right[(column * depth) + i]),
        ];

        public float Emulated(int row, int column, TileArithmetic arithmetic)
        {
            float sum = 0f;
            for (int start = 0; start < depth; start += TensorCore.Terms)
            {
                var a = left.AsSpan((row * depth) + start, TensorCore.Terms);
                var b = right.AsSpan((column * depth) + start, TensorCore.Terms);
                sum = arithmetic == TileArithmetic.Tf32
                    ? TensorCore.MultiplyAdd(Rounded(a), Rounded(b), sum)
                    : sum + SumOfParts(a, b);
            }
            return sum;
        }

        private static float SumOfParts(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            float[] bigA = Rounded(a), bigB = Rounded(b);
            float sum = TensorCore.MultiplyAdd(Rest(a, bigA), bigB, 0f);
            sum = TensorCore.MultiplyAdd(bigA, Rest(b, bigB), sum);
            return TensorCore.MultiplyAdd(bigA, bigB, sum);
        }

        private static float[] Rounded(ReadOnlySpan<float> numbers) =>
            Array.ConvertAll(numbers.ToArray(), TensorCore.RoundToTensorFloat);

        private static float[] Rest(ReadOnlySpan<float> numbers, float[] rounded) =>
            [.. numbers.ToArray().Zip(rounded, (number, big) => number - big)];
    }
}
