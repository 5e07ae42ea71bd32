using System.CommandLine;
using System.Globalization;

namespace GalaxyNet.Train;

/// <summary><c>devices</c>: what this machine can compute on.</summary>
internal sealed class DevicesCommand : Command, ISharedCommand
{
    private const double Gibibyte = 1 << 30;

    private readonly Option<bool> json = CommonOptions.Json();

    public DevicesCommand(Terminal terminal)
        : base(
            "devices",
            "List this machine's devices, which one --device auto takes, why there is no CUDA, and what MPI there is "
            + "for several processes.\nExample: devices")
    {
        Add(json);
        SetAction(result => Show(terminal, result.GetValue(json)));
    }

    private static void Show(Terminal terminal, bool asJson)
    {
        var devices = Device.List();
        var automatic = devices.First(device => device.Kind == DeviceKind.Cpu || !device.IsProcessor);
        var mpi = MpiLibrary.FindAll();
        if (asJson)
            WriteJson(terminal, devices, automatic, mpi);
        else
            WriteText(terminal, devices, automatic, mpi);
    }

    private static void WriteJson(
        Terminal terminal,
        IReadOnlyList<DeviceDescription> devices,
        DeviceDescription automatic,
        IEnumerable<MpiLibrary> mpi) =>
        terminal.WriteJson(new
        {
            Auto = automatic.Kind,
            Devices = devices.Select(device => new
            {
                Device = device.Address.ToString(),
                device.Kind,
                device.Name,
                device.MemoryBytes,
                device.IsProcessor,
            }),
            CudaDriver.Current.WhyNoCuda,
            Mpi = mpi.Select(library => new { library.Version, Library = library.Path }),
        });

    private static void WriteText(
        Terminal terminal,
        IReadOnlyList<DeviceDescription> devices,
        DeviceDescription automatic,
        IReadOnlyList<MpiLibrary> mpi)
    {
        terminal.WriteTable(
            ["--device", "name", " memory", ""],
            devices.Select(device => new[]
            {
                device.Address.ToString(),
                device.Name,
                string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / Gibibyte:F1} GiB"),
                device == automatic ? "auto takes this" : "",
            }));
        if (CudaDriver.Current.WhyNoCuda is { } why)
            terminal.WriteLine($"No CUDA: {why}.");
        foreach (var library in mpi)
            terminal.WriteLine($"MPI: {library.Version} ({library.Path}).");
        if (mpi.Count == 0)
            terminal.WriteLine("No MPI: neither Open MPI nor MPICH is installed, which several processes need.");
    }
}
