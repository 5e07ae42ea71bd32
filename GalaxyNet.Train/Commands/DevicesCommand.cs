using System.CommandLine;
using System.Globalization;
using GalaxyNet.Kernels;

namespace GalaxyNet.Train;

/// <summary><c>devices</c>: what this machine can compute on.</summary>
internal sealed class DevicesCommand : Command
{
    private const double Gibibyte = 1 << 30;

    /// <summary>Declares the command.</summary>
    public DevicesCommand(Terminal terminal)
        : base("devices", "List what can be used, and what --device auto would take.\nExample: devices") =>
        SetAction(_ => Show(terminal));

    private static void Show(Terminal terminal)
    {
        var devices = Device.List();
        var automatic = devices.First(device => device.Kind == DeviceKind.Cpu || !device.IsProcessor);
        terminal.WriteTable(
            ["--device", "name", " memory", ""],
            devices.Select(device => new[]
            {
                device.Kind.ToString().ToLowerInvariant(),
                device.Name,
                string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / Gibibyte:F1} GiB"),
                device == automatic ? "auto takes this" : "",
            }));
    }
}
