namespace GalaxyNet.Kernels;

/// <summary>A device was asked for by name and this machine does not have it.</summary>
public sealed class DeviceUnavailableException(string message) : Exception(message)
{
    /// <summary>Says what the machine has instead and, where CUDA was wanted, why it has none.</summary>
    internal static DeviceUnavailableException Of(DeviceAddress address)
    {
        var present = Device.List();
        string? why = address.Kind == DeviceKind.Cuda ? CudaDriver.Current.WhyNoCuda : null;
        var names = present.Select(device => $"{device.Address} ({device.Name})");
        return new DeviceUnavailableException(
            $"This machine has no {NameOf(address)} device{(why is null ? "" : $": {why}")}. "
            + $"It has: {string.Join("; ", names)}.");
    }

    private static string NameOf(DeviceAddress address) =>
        address.Index == 0 ? address.Kind.ToString().ToLowerInvariant() : address.ToString();
}
