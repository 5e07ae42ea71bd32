using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Benchmarks;

/// <summary>A method with the <see cref="KernelAttribute"/>; a generic one is a kernel for each tile.</summary>
internal sealed record MarkedKernel(MethodInfo Method, KernelAttribute Attribute)
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Every marked method of GalaxyNet.Kernels, as it is declared.</summary>
    public static IReadOnlyList<MarkedKernel> Declared { get; } = [.. In(typeof(Device).Assembly)];

    /// <summary>
    /// Every kernel that GPUs run, closed over every <see cref="ITile"/> or <see cref="ICudaTile"/>.
    /// </summary>
    public static IReadOnlyList<MarkedKernel> OfGpus { get; } =
    [
        .. from kernel in Declared
           where kernel.Attribute.Schedule != Schedule.Cpu
           from closed in Close(kernel.Method)
           select kernel with { Method = closed },
    ];

    /// <summary>Those of processors: methods of .NET with SIMD inside, which have no PTX.</summary>
    public static IReadOnlyList<MarkedKernel> OfProcessors { get; } =
        [.. Declared.Where(kernel => kernel.Attribute.Schedule == Schedule.Cpu)];

    /// <summary>Those of these benchmarks: the ladder's rungs, and what measures the limits of a device.</summary>
    public static IReadOnlyList<MarkedKernel> OfBenchmarks { get; } = [.. In(typeof(MarkedKernel).Assembly)];

    /// <summary>Such as <c>conv2d.Forward.96x128</c>; no two kernels have the same.</summary>
    public string Name => KernelName.Of(Method);

    /// <summary>The tile that the kernel is closed over; null for a kernel without one.</summary>
    public Type? Tile => Method.IsConstructedGenericMethod ? Method.GetGenericArguments()[0] : null;

    /// <summary>What the library launches the kernel with.</summary>
    public KernelSpecialization Specialization =>
        TileEngine.ShapeOf(Tile)?.For(Method).Specialization
        ?? (Rung.All.Any(rung => rung.Kernel.Method == Method) ? Rung.Specialization : KernelSpecialization.Empty);

    /// <summary>The tile engine with the registers of a product's kernel, which is named without its tile.</summary>
    public static TileEngine EngineOf(string product)
    {
        var kernel = OfGpus.First(kernel => kernel.Name.StartsWith($"{product}.", StringComparison.Ordinal));
        return (kernel.Attribute.Schedule == Schedule.Cuda ? TileEngine.Cuda : TileEngine.CSharp).For(kernel.Method);
    }

    /// <summary>Whether it spends its time multiplying.</summary>
    public bool IsBulk => Attribute.Schedule is Schedule.Gpu or Schedule.Cuda;

    /// <summary>Whether an architecture has all that it uses: asynchronous copies, from sm_80 on.</summary>
    public bool IsFor(CudaArchitecture architecture) =>
        Attribute.Schedule != Schedule.Cuda || architecture >= CudaArchitecture.SM_80;

    /// <summary>What it is compiled from.</summary>
    public KernelCode Code => new(Method, Specialization);

    /// <summary>Its PTX text, with what the library launches it with.</summary>
    /// <exception cref="InternalCompilerException">It does not compile.</exception>
    public string CompileFor(CudaArchitecture architecture)
    {
        using var compiler = PtxTarget.CompilerFor(architecture);
        return compiler.Compile(Code);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static IEnumerable<MarkedKernel> In(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Any)
        let attribute = method.GetCustomAttribute<KernelAttribute>()
        where attribute is not null
        select new MarkedKernel(method, attribute);

    private static IEnumerable<MethodInfo> Close(MethodInfo method) => method.IsGenericMethodDefinition
        ? TilesOf(method).Select(tile => method.MakeGenericMethod(tile))
        : [method];

    private static IEnumerable<Type> TilesOf(MethodInfo method)
    {
        var wanted = method.GetGenericArguments()[0].GetGenericParameterConstraints().Single(type => type.IsInterface);
        if (wanted == typeof(ICudaTile))
            return TileEngine.Cuda.For(method).Tiles.Select(tile => tile.Type);
        return wanted.Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(wanted));
    }
}
