namespace GalaxyNet.Layers;

/// <summary>A loss is NaN or infinite: training would learn nothing from there on.</summary>
public sealed class NonFiniteException(string message) : ArithmeticException(message);
