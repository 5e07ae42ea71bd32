namespace GalaxyNet.Kernels;

/// <summary>A matrix [lines, depth] in memory, for the CUDA engine.</summary>
/// <param name="address">Where it is.</param>
/// <param name="lines">The number of lines.</param>
/// <param name="depth">The length of a line.</param>
/// <param name="matrixSize">Floats from a matrix to the next, where there are several.</param>
internal readonly struct CudaLines(long address, int lines, int depth, long matrixSize = 0)
    : ICudaOperand<CudaLines.Copy>
{
    private readonly long address = address;
    private readonly int lines = lines;
    private readonly int depth = depth;
    private readonly long matrixSize = matrixSize;

    public Copy Begin(TileLines tile, int start)
    {
        var place = PlaceAlongLines.Of(tile);
        int line = tile.First + place.Line;
        return new Copy(
            address + (4 * ((tile.Matrix * matrixSize) + ((long)line * depth) + start + place.Depth)),
            4L * PlaceAlongLines.LinesOfRound(tile) * depth,
            place.Offset(tile),
            place.Depth,
            PlaceAlongLines.Rounds(tile, lines - line));
    }

    internal readonly struct Copy(long address, long step, uint to, int depth, int rounds) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly long step = step;
        private readonly uint to = to;
        private readonly int depth = depth; // within a slice
        private readonly int rounds = rounds;

        public void Bring(TileLines tile, uint stage, int terms) =>
            new PairsOfCopies(tile, address, step, to + stage, rounds, terms - depth).Start();

        public Copy Next() => new(address + (4 * CudaTile.Depth), step, to, depth, rounds);
    }
}
