using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary><c>--precision</c>: <c>float32</c> or <c>tf32</c>.</summary>
internal static class PrecisionOption
{
    private const string Float32 = "float32";
    private const string Tf32 = "tf32";

    /// <summary>The option; its value is what the user calls the precision.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--precision")
        {
            Description = "tf32 rounds the factors of products to 11 bits where the GPU multiplies them faster",
            DefaultValueFactory = _ => Float32,
        };
        return option.AcceptOnlyFromAmong(Float32, Tf32);
    }

    /// <summary>What a user calls a precision.</summary>
    public static string NameOf(Precision precision) => precision == Precision.TensorFloat32 ? Tf32 : Float32;

    /// <summary>The precision by what a user calls it.</summary>
    public static Precision Named(string name) => name == Tf32 ? Precision.TensorFloat32 : Precision.Float32;
}
