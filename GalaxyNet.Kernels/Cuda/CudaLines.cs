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
        var own = LinesOfThread.Of(tile, place, lines, depth);
        return new Copy(
            address + (4 * ((tile.Matrix * matrixSize) + ((long)own.First * depth) + start + place.Depth)),
            own,
            place.Offset(tile),
            place.Depth);
    }

    internal readonly struct Copy(long address, LinesOfThread lines, uint to, int depth) : ICudaCopy<Copy>
    {
        private readonly long address = address;
        private readonly LinesOfThread lines = lines;
        private readonly uint to = to;
        private readonly int depth = depth; // within a slice

        public void Bring(TileLines tile, uint stage, int terms) =>
            new PairsOfCopies(tile, address, lines, to + stage, terms - depth).Start();

        public Copy Next() => new(address + (4 * CudaTile.Depth), lines, to, depth);
    }
}
