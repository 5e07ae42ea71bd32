namespace GalaxyNet.Train;

/// <summary>What the network of a run sees of images.</summary>
/// <param name="Run">What the run is called.</param>
/// <param name="Given">What it is given of them.</param>
/// <param name="Input">The shape of its input, [channels, side, side]: the middle of what it is given.</param>
internal sealed record Sight(string Run, SeenImages Given, Shape Input)
{
    /// <summary>True if there is something to be seen in an image.</summary>
    public bool Sees(int image) => Given.Places[image] is not null;

    /// <summary>True if another network sees the same of every image.</summary>
    public bool IsSameAs(Sight other) =>
        Input.Equals(other.Input) && Given.Images.Pixels.Equals(other.Given.Images.Pixels);

    /// <summary>What it sees of an image as it is: [channels, side, side].</summary>
    /// <exception cref="InvalidOperationException">It sees nothing in it.</exception>
    public byte[] Middle(int image)
    {
        int place = Given.Places[image] ?? throw new InvalidOperationException($"{Run} sees nothing in image {image}.");
        var pixels = Given.Images[place];
        int size = Given.Images.Shape[1], side = Input[1];
        int margin = (size - side) / 2;
        var middle = new byte[Input.Count];
        for (int row = 0; row < Input[0] * side; row++)
        {
            int y = (row / side * size) + margin + (row % side);
            pixels.Slice((y * size) + margin, side).CopyTo(middle.AsSpan(row * side));
        }
        return middle;
    }
}
