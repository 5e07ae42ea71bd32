namespace GalaxyNet.Kernels;

/// <summary>The numbers of the product that a thread computes: up to 3x2 blocks of 4x4, in registers.</summary>
internal struct RegisterTile
{
    public Block Block00;
    public Block Block01;
    public Block Block10;
    public Block Block11;
    public Block Block20;
    public Block Block21;

    /// <summary>Adds the outer product of a column of A (four numbers for each row of blocks) and a row of B.</summary>
    public readonly RegisterTile PlusProduct<TTile>(Float4 a0, Float4 a1, Float4 a2, Float4 b0, Float4 b1)
        where TTile : struct, ITile
    {
        var sum = this;
        sum.Block00 = Block00.PlusProduct(a0, b0);
        sum.Block01 = Block01.PlusProduct(a0, b1);
        sum.Block10 = Block10.PlusProduct(a1, b0);
        sum.Block11 = Block11.PlusProduct(a1, b1);
        if (TTile.RowBlocks > 2)
        {
            sum.Block20 = Block20.PlusProduct(a2, b0);
            sum.Block21 = Block21.PlusProduct(a2, b1);
        }
        return sum;
    }

    /// <summary>Four numbers of one row; where there is time for the choice.</summary>
    /// <param name="row">The row, counted through all blocks.</param>
    /// <param name="columnBlock">Which block of columns.</param>
    public readonly Float4 RowOf(int row, int columnBlock)
    {
        var block = columnBlock == 0
            ? row < 4 ? Block00 : row < 8 ? Block10 : Block20
            : row < 4 ? Block01 : row < 8 ? Block11 : Block21;
        int rowOfBlock = row % 4;
        return rowOfBlock == 0 ? block.Row0 : rowOfBlock == 1 ? block.Row1 : rowOfBlock == 2 ? block.Row2 : block.Row3;
    }

    /// <summary>4x4 numbers.</summary>
    internal struct Block
    {
        public Float4 Row0;
        public Float4 Row1;
        public Float4 Row2;
        public Float4 Row3;

        /// <summary>this + a b, the outer product.</summary>
        public readonly Block PlusProduct(Float4 a, Float4 b) => new()
        {
            Row0 = Row0.PlusProduct(a.X, b),
            Row1 = Row1.PlusProduct(a.Y, b),
            Row2 = Row2.PlusProduct(a.Z, b),
            Row3 = Row3.PlusProduct(a.W, b),
        };

        /// <summary>Stores the block with its first element at a row and column of the product.</summary>
        public readonly void Store(TileOutput output, int row, int column, int part)
        {
            for (int i = 0; i < 4; i++)
                output.Store(row + i, column, i == 0 ? Row0 : i == 1 ? Row1 : i == 2 ? Row2 : Row3, part);
        }
    }
}
