using System.Diagnostics.CodeAnalysis;

namespace GalaxyNet.Kernels;

/// <summary>The checks of an operation's arguments, whose failures <see cref="Operation"/> documents.</summary>
internal static class ArgumentChecks
{
    /// <summary>Checks a tensor of any shape.</summary>
    public static void Require([NotNull] this Tensor? tensor, Device device, string argument)
    {
        ArgumentNullException.ThrowIfNull(tensor, argument);
        ObjectDisposedException.ThrowIf(tensor.IsDisposed, tensor);
        RequireDevice(tensor.Device, device, argument);
    }

    /// <summary>Checks a tensor.</summary>
    public static void Require([NotNull] this Tensor? tensor, Device device, Shape shape, string argument)
    {
        tensor.Require(device, argument);
        if (!tensor.Shape.Equals(shape))
            throw new ArgumentException(
                $"{argument} has the shape {tensor.Shape}, but the operation needs {shape}.", argument);
    }

    /// <summary>Checks a buffer, which may be longer than the operation needs.</summary>
    public static void Require<T>([NotNull] this DeviceBuffer<T>? buffer, Device device, int length, string argument)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(buffer, argument);
        ObjectDisposedException.ThrowIf(buffer.IsDisposed, buffer);
        RequireDevice(buffer.Device, device, argument);
        if (buffer.Length < length)
            throw new ArgumentException(
                $"{argument} has {buffer.Length} elements, but the operation needs {length}.", argument);
    }

    /// <summary>Checks where an argument lives.</summary>
    public static void RequireDevice(Device actual, Device expected, string argument)
    {
        if (!ReferenceEquals(actual, expected))
            throw new ArgumentException($"{argument} lives on another device than the operation.", argument);
    }

    /// <summary>Checks the indices of a pooling's maxima before its backward pass.</summary>
    /// <exception cref="InvalidOperationException">They cannot have been written: no forward pass has run.</exception>
    public static void RequireWritten(
        [NotNull] this DeviceBuffer<byte>? indices, Device device, int length, string argument)
    {
        indices.Require(device, length, argument);
        if (indices.IsUntouched)
            throw new InvalidOperationException(
                "Pooling goes backward only after a forward pass, which writes the indices.");
    }

    /// <summary>Checks a number that a user chooses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is under 0, over <paramref name="most"/> or NaN.</exception>
    public static void RequireUpTo(this float value, float most, string argument)
    {
        if (!(value >= 0f && value <= most))
            throw new ArgumentOutOfRangeException(argument, value, $"{argument} must be from 0 to {most}.");
    }

    /// <summary>Checks a share that is kept from step to step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is under 0, NaN, or 1 or more.</exception>
    public static void RequireUnderOne(this float value, string argument)
    {
        if (!(value >= 0f && value < 1f))
            throw new ArgumentOutOfRangeException(argument, value, $"{argument} must be at least 0 and under 1.");
    }
}
