using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GalaxyNet.Train;

/// <summary>Scales images as OpenCV's <c>resize</c> with <c>INTER_AREA</c>, to the bit.</summary>
/// <remarks>
/// OpenCV has four ways, each with its own rounding: the same size copies; a whole ratio averages blocks;
/// any other reduction weighs each source pixel by the area it shares with the target pixel;
/// and if a side grows, both sides are interpolated between neighbors instead.
/// </remarks>
internal static class AreaResize
{
    /// <summary>Scales to <paramref name="width"/> x <paramref name="height"/> pixels.</summary>
    /// <exception cref="ArgumentException">An extent is under 1.</exception>
    public static Image Resize(ImagePart source, int width, int height)
    {
        var target = new Image(width, height, source.Channels);
        var columns = new Scale(source.Width, width);
        var rows = new Scale(source.Height, height);
        if (columns.Ratio < 1 || rows.Ratio < 1)
            Interpolate(source, target, columns, rows);
        else if (columns.IsWhole && rows.IsWhole)
            AverageBlocks(source, target, source.Width / width, source.Height / height);
        else
            WeighAreas(source, target, columns.Shares(), rows.Shares());
        return target;
    }

    private static void AverageBlocks(ImagePart source, Image target, int blockWidth, int blockHeight)
    {
        int channels = source.Channels;
        int area = blockWidth * blockHeight;
        bool isTwoByTwo = blockWidth == 2 && blockHeight == 2;
        for (int y = 0; y < target.Height; y++)
        {
            var targetRow = target.Row(y);
            for (int i = 0; i < targetRow.Length; i++)
            {
                int first = (i / channels * blockWidth * channels) + (i % channels);
                int sum = 0;
                for (int row = y * blockHeight; row < (y + 1) * blockHeight; row++)
                {
                    var sourceRow = source.Row(row);
                    for (int column = 0; column < blockWidth; column++)
                        sum += sourceRow[first + (column * channels)];
                }
                // 2x2 is rounded half up, the rest half to even.
                targetRow[i] = isTwoByTwo ? (byte)((sum + 2) >> 2) : (byte)MathF.Round(sum * (1f / area));
            }
        }
    }

    private static void WeighAreas(ImagePart source, Image target, List<Share> columns, List<Share> rows)
    {
        int length = target.Width * target.Channels;
        // A vector takes the channels of a pixel and more, so all lines have room for a vector behind their ends.
        var pixels = new byte[(source.Width * source.Channels) + Vector128<float>.Count];
        var line = new float[length + Vector128<float>.Count];
        var sum = new float[line.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            source.Row(row.Source).CopyTo(pixels);
            WeighColumns(pixels, line, CollectionsMarshal.AsSpan(columns), target.Channels);
            for (int j = 0; j < length; j += Vector128<float>.Count)
            {
                var weighed = Vector128.LoadUnsafe(ref line[j]) * row.Weight;
                (Vector128.LoadUnsafe(ref sum[j]) + weighed).StoreUnsafe(ref sum[j]);
            }
            if (i + 1 < rows.Count && rows[i + 1].Target == row.Target)
                continue;
            var targetRow = target.Row(row.Target);
            for (int j = 0; j < length; j++)
                targetRow[j] = (byte)MathF.Round(sum[j]);
            Array.Clear(sum);
        }
    }

    /// <summary>Scales a row of pixels to a line, all channels of a pixel at once.</summary>
    private static void WeighColumns(byte[] pixels, float[] line, ReadOnlySpan<Share> columns, int channels)
    {
        for (int i = 0; i < columns.Length;)
        {
            int target = columns[i].Target;
            var sum = Vector128<float>.Zero;
            for (; i < columns.Length && columns[i].Target == target; i++)
            {
                uint pixel = Unsafe.ReadUnaligned<uint>(ref pixels[columns[i].Source * channels]);
                var values = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte()));
                sum += Vector128.ConvertToSingle(values.AsInt32()) * columns[i].Weight;
            }
            sum.StoreUnsafe(ref line[target * channels]); // the next target overwrites what is too much
        }
    }

    private static void Interpolate(ImagePart source, Image target, Scale columns, Scale rows)
    {
        int channels = source.Channels;
        for (int y = 0; y < target.Height; y++)
        {
            var row = rows.Between(y);
            var upper = source.Row(Math.Min(row.Source, source.Height - 1));
            var lower = source.Row(Math.Min(row.Source + 1, source.Height - 1));
            var targetRow = target.Row(y);
            for (int i = 0; i < targetRow.Length; i++)
            {
                var column = columns.Between(i / channels);
                int left = (column.Source * channels) + (i % channels);
                int right = (Math.Min(column.Source + 1, source.Width - 1) * channels) + (i % channels);
                int above = (upper[left] * column.First) + (upper[right] * column.Second);
                int below = (lower[left] * column.First) + (lower[right] * column.Second);
                targetRow[i] = (byte)(
                    (((row.First * (above >> 4)) >> 16) + ((row.Second * (below >> 4)) >> 16) + 2) >> 2);
            }
        }
    }

    /// <summary>A part of a source pixel in a target pixel, of weight up to 1.</summary>
    private readonly record struct Share(int Target, int Source, float Weight);

    /// <summary>A position between two source pixels; the weights are in 2048ths.</summary>
    private readonly record struct Mix(int Source, int First, int Second);

    /// <summary>How one side is scaled.</summary>
    private readonly struct Scale(int source, int target)
    {
        private readonly double inverse = (double)target / source;

        /// <summary>Source pixels for each target pixel.</summary>
        public double Ratio => 1 / inverse;

        public bool IsWhole => source % target == 0;

        public List<Share> Shares()
        {
            const double nothing = 1e-3;
            var shares = new List<Share>();
            for (int i = 0; i < target; i++)
            {
                double start = i * Ratio;
                double end = start + Ratio;
                double length = Math.Min(Ratio, source - start);
                int lastWhole = Math.Min((int)Math.Floor(end), source - 1);
                int firstWhole = Math.Min((int)Math.Ceiling(start), lastWhole);
                if (firstWhole - start > nothing)
                    shares.Add(new Share(i, firstWhole - 1, (float)((firstWhole - start) / length)));
                for (int pixel = firstWhole; pixel < lastWhole; pixel++)
                    shares.Add(new Share(i, pixel, (float)(1 / length)));
                if (end - lastWhole > nothing)
                {
                    double rest = Math.Min(Math.Min(end - lastWhole, 1), length);
                    shares.Add(new Share(i, lastWhole, (float)(rest / length)));
                }
            }
            return shares;
        }

        public Mix Between(int pixel)
        {
            const int one = 2048;
            int first = (int)Math.Floor(pixel * Ratio);
            float rest = (float)(pixel + 1 - ((first + 1) * inverse));
            rest = rest <= 0 ? 0 : rest - MathF.Floor(rest);
            return new Mix(first, (int)MathF.Round((1 - rest) * one), (int)MathF.Round(rest * one));
        }
    }
}
