using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>export</c>: a trained network in the format ONNX, for other programs to predict with.</summary>
internal sealed class ExportCommand : Command
{
    private readonly PathOption<string[]> runs = new("--run", PathRole.Run)
    {
        Description = "A run's folder, as written by train",
        HelpName = "RUN",
        Required = true,
    };

    private readonly PathOption<string> output = new("--out", PathRole.OutputFile, ".onnx")
    {
        Description = "The file to write",
        HelpName = "FILE.onnx",
        Required = true,
    };

    private readonly Option<string> checkpoint = CommonOptions.Checkpoint();
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Terminal terminal;

    public ExportCommand(Terminal terminal)
        : base(
            "export",
            "Write a trained network as an ONNX file, with which other programs predict; what they have to give it is "
            + "written in its metadata.\n"
            + "Example: export --run run4 --out model.onnx")
    {
        this.terminal = terminal;
        this.AddAll(runs, output, checkpoint, json);
        SetAction(Export);
    }

    private void Export(ParseResult result)
    {
        string[] folders = result.GetRequiredValue(runs);
        var ensemble = Ensemble.Open(folders);
        if (folders is [_, var second, ..])
            throw new UserErrorException(
                $"{second}: is a second run, and a file has one network: export each run to a file of its own, and "
                + "average what they predict");
        var run = ensemble.First;
        var kind = CommonOptions.Named<CheckpointKind>(result.GetRequiredValue(checkpoint));
        ensemble.LogNotLearned(terminal);
        using var device = Device.OpenCpu(threads: 1);
        using var network = run.Folder.LoadNetwork(device, run.Options.Plan, kind, terminal.LogOnce);
        string path = result.GetRequiredValue(output);
        var metadata = OnnxMetadata.Of(run, kind);
        string description = OnnxMetadata.Describe(run);
        OutputFile.Write(path, stream => OnnxFile.Write(stream, network, description, metadata));
        if (result.GetValue(json))
            terminal.WriteJson(new
            {
                File = path,
                network.Summary.ParameterCount,
                Input = network.InputShape,
                Output = network.OutputShape,
                Metadata = metadata,
            });
        else
            terminal.WriteLine($"Attempt {run.Options.Settings.Attempt} of {run.Folder.Name} written to {path}");
    }
}
