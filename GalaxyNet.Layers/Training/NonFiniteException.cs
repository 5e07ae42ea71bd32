namespace GalaxyNet.Layers;

/// <summary>Training has come to a number that is none, or to an infinite one: from there on it would learn nothing.</summary>
public sealed class NonFiniteException(string message) : ArithmeticException(message);
