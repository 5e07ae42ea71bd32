using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>--device</c>: <c>cuda</c> is the first device of that kind, <c>cuda:1</c> the second.</summary>
internal static class DeviceOption
{
    private static readonly string[] Kinds = ["auto", "cuda", "opencl", "cpu"];

    /// <summary>The option; its value is what the user calls the device.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "The device to compute on; auto takes a GPU if there is one, cuda:1 is the second of several",
            DefaultValueFactory = _ => "auto",
        };
        option.CompletionSources.Add(Kinds);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && Parse(name) is null)
                result.AddError(
                    $"--device '{name}' is no device: give auto, cuda, opencl or cpu, or one that the command "
                    + "devices lists, such as cuda:1.");
        });
        return option;
    }

    /// <summary>
    /// Opens the device, and says why if it is not on an NVIDIA GPU that has a driver, or has no use for TF32.
    /// </summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="terminal">Where to say so.</param>
    /// <param name="threads">How many threads to use, if it is the processor.</param>
    /// <param name="precision">How to multiply.</param>
    /// <param name="share">What of the machine this process may use, if not all.</param>
    /// <exception cref="DeviceUnavailableException">The machine has no such device.</exception>
    public static Device Open(
        string name,
        Terminal terminal,
        int? threads = null,
        Precision precision = Precision.Float32,
        MachineShare? share = null)
    {
        var asked = AddressOf(name);
        bool isShared = share?.Count > 1 && Kinds.Contains(name);
        var device = Device.Open(
            isShared ? share!.DeviceOf(asked.Kind, Device.List()) : asked, threads, precision);
        if (asked.Kind == DeviceKind.Auto && CudaDriver.Current is { IsInstalled: true, WhyNoCuda: { } why })
            terminal.LogOnce($"Computing on {device.Name}, for CUDA does not work here: {why}");
        if (precision == Precision.TensorFloat32 && !device.HasTensorCores)
            terminal.LogOnce($"Computing in float32: {device.Name} is not known to multiply TF32 faster");
        return device;
    }

    /// <summary>How many of a machine's processes have the device of this one.</summary>
    /// <param name="name">What the user calls it, on all of them.</param>
    /// <param name="share">What of the machine this process may use.</param>
    public static int CountSharing(string name, MachineShare share)
    {
        if (share.Count == 1 || !Kinds.Contains(name))
            return share.Count;
        var devices = Device.List();
        return share.ProcessesOn(share.DeviceOf(AddressOf(name).Kind, devices), devices);
    }

    /// <summary>Which device it is that the user calls so.</summary>
    public static DeviceAddress AddressOf(string name) => Parse(name)!.Value;

    private static DeviceAddress? Parse(string name) => name.Split(':') switch
    {
        [var kind] when Kinds.Contains(kind) => CommonOptions.Named<DeviceKind>(kind),
        [("cuda" or "opencl") and var kind, var number]
            when Number.TryParse(number, out int index) && char.IsAsciiDigit(number[0]) =>
            new DeviceAddress(CommonOptions.Named<DeviceKind>(kind), index),
        _ => null,
    };
}
