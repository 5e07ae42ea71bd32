using System.Text.RegularExpressions;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GalaxyNet.Kernels;

/// <summary>A processor that runs kernels, and its memory.</summary>
/// <remarks>
/// Tensors, buffers and operations belong to the device they were made on. Members throw an
/// <see cref="ObjectDisposedException"/> once it has been disposed.
/// </remarks>
public sealed partial class Device : IDisposable
{
    internal const int GpuGroupSize = 256;
    private const int SimulatorGroupSize = 32; // each simulated thread is a real one, and a launch wakes them all
    private const int GpuGroupsPerMultiprocessor = 8;

    private readonly Context context;
    private readonly Accelerator accelerator;

    /// <summary>Makes a device that only counts, in place of another: see <see cref="BytesHeldBy"/>.</summary>
    private Device(Device other)
    {
        context = other.context;
        accelerator = other.accelerator;
        Kind = other.Kind;
        Registers = other.Registers;
        Schedule = other.Schedule;
        Team = other.Team;
        Precision = other.Precision;
        Name = other.Name;
        Memory = new DeviceMemory(accelerator, isHosts: false) { OnlyCounts = true };
        Kernels = KernelLoader.OfNone;
    }

    private Device(Context context, Accelerator accelerator, DeviceKind kind, VectorRegisters registers)
    {
        this.context = context;
        this.accelerator = accelerator;
        Kind = kind;
        Registers = registers;
        Schedule = kind == DeviceKind.Cpu ? Schedule.Cpu : Schedule.Gpu;
        Team = kind == DeviceKind.Cpu ? new ThreadTeam(accelerator.NumMultiprocessors) : null;
        Memory = new DeviceMemory(accelerator, isHosts: IsOnTheHost(kind, accelerator));
        if (kind == DeviceKind.Cuda)
            OwnStream.Use(accelerator);
        Kernels = LoaderFor(context, accelerator);
        Name = kind switch
        {
            DeviceKind.Cpu =>
                $"CPU, {Counted(accelerator.NumMultiprocessors, "thread")}, {registers}",
            DeviceKind.Simulator => "GPU simulator",
            _ => accelerator.Name,
        };
    }

    /// <summary>How the device is reached; never <see cref="DeviceKind.Auto"/>.</summary>
    public DeviceKind Kind { get; }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>What products of convolutions and dense layers may do to their factors.</summary>
    public Precision Precision { get; private set; }

    /// <summary>The threads of a CPU device, the multiprocessors of a GPU.</summary>
    public int Multiprocessors => Accelerator.NumMultiprocessors;

    /// <summary>The bytes of memory that its tensors and buffers hold.</summary>
    public long AllocatedBytes => Memory.AllocatedBytes;

    /// <summary>The bytes of memory that are left for more, as far as the system says.</summary>
    public long FreeBytes => Memory.FreeBytes;

    /// <summary>ILGPU's accelerator, for kernels of your own.</summary>
    public Accelerator Accelerator
    {
        get
        {
            ObjectDisposedException.ThrowIf(accelerator.IsDisposed, this);
            return accelerator;
        }
    }

    /// <summary>Opens a device.</summary>
    /// <param name="address">
    /// Which; <see cref="DeviceKind.Auto"/>, the default, takes the first of CUDA, OpenCL GPU and CPU.
    /// </param>
    /// <param name="cpuThreads">How many threads, if it is the CPU; by default one for each core.</param>
    /// <param name="precision">What products may do to their factors; by default nothing.</param>
    /// <exception cref="DeviceUnavailableException">
    /// The machine has no such device; the message lists what it has, and says why no CUDA.
    /// </exception>
    public static Device Open(
        DeviceAddress address = default, int? cpuThreads = null, Precision precision = Precision.Float32)
    {
        var device = OpenAt(address, cpuThreads);
        device.Precision = precision;
        return device;
    }

    /// <summary>
    /// Lists the devices of this machine, in the order in which <see cref="DeviceKind.Auto"/> prefers them.
    /// </summary>
    public static IReadOnlyList<DeviceDescription> List()
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string name = $"{Environment.ProcessorCount} cores, {VectorRegisters.Widest}";
        return
        [
            .. Gpu.Find().Select(gpu => gpu.Description),
            new DeviceDescription(DeviceKind.Cpu, name, memory, IsProcessor: true),
        ];
    }

    /// <summary>Allocates a tensor of zeros.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much memory left.</exception>
    public Tensor Allocate(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new Tensor(this, shape);
    }

    /// <summary>Allocates a tensor and fills it from the host, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public Tensor Allocate(Shape shape, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (values.Length != shape.Count)
            throw new ArgumentException(
                $"{values.Length} values for a {shape} tensor of {shape.Count} elements.", nameof(values));
        var tensor = new Tensor(this, shape);
        tensor.CopyFrom(values);
        return tensor;
    }

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much memory left.</exception>
    public DeviceBuffer<T> AllocateBuffer<T>(int length)
        where T : unmanaged => new(this, length);

    /// <summary>Allocates a buffer and fills it from the host.</summary>
    public DeviceBuffer<T> AllocateBuffer<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = new DeviceBuffer<T>(this, values.Length);
        buffer.CopyFrom(values);
        return buffer;
    }

    /// <summary>Allocates a buffer of the host's memory that this device can fetch by itself.</summary>
    public HostBuffer<T> AllocateHostBuffer<T>(int length)
        where T : unmanaged => new(this, length);

    /// <summary>Waits until every kernel launched so far is done.</summary>
    public void Synchronize() => Accelerator.Synchronize();

    /// <summary>Marks the point in the queue after every kernel launched so far.</summary>
    public QueueMark Mark() => new(this);

    /// <summary>Closes the device and frees all its memory: its tensors cannot be used any more.</summary>
    public void Dispose()
    {
        if (OnlyCounts)
            return; // the rest is another's
        Team?.Dispose();
        accelerator.Dispose();
        context.Dispose();
    }

    /// <summary>
    /// The schedule of the bulk operations: <see cref="Schedule.Cpu"/> or <see cref="Schedule.Gpu"/>.
    /// </summary>
    internal Schedule Schedule { get; }

    /// <summary>The vector registers that the CPU schedule uses; of no effect on a GPU.</summary>
    internal VectorRegisters Registers { get; }

    /// <summary>Floats in such a register.</summary>
    internal int VectorLength => Registers.Lanes;

    /// <summary>True of an NVIDIA GPU that has asynchronous copies to shared memory: sm_80 and newer.</summary>
    internal bool RunsCudaTiles =>
        Accelerator is CudaAccelerator cuda && cuda.Architecture >= CudaArchitecture.SM_80;

    /// <summary>Whether tensor cores are known to multiply TF32 faster than its other cores float32.</summary>
    internal bool HasTensorCores =>
        Accelerator is CudaAccelerator cuda && TensorCores.MultiplyAddsOf(cuda.Architecture) > 0;

    /// <summary>True of a GPU, where a launch returns before its kernel is done.</summary>
    internal bool QueuesLaunches => Kind is DeviceKind.Cuda or DeviceKind.OpenCl;

    /// <summary>True of an NVIDIA GPU, unless its driver has refused to capture launches.</summary>
    internal bool CapturesLaunches => Kind == DeviceKind.Cuda && WhyNoCapture is null && !OnlyCounts;

    /// <summary>What an NVIDIA driver said when it did not capture launches.</summary>
    internal string? WhyNoCapture { get; set; }

    /// <summary>The queue of its launches.</summary>
    internal AcceleratorStream Stream => Accelerator.DefaultStream;

    /// <summary>The kernels that it has loaded.</summary>
    internal KernelLoader Kernels { get; }

    /// <summary>Keeps count of its memory.</summary>
    internal DeviceMemory Memory { get; }

    /// <summary>True of the device that <see cref="BytesHeldBy"/> gives.</summary>
    internal bool OnlyCounts => Memory.OnlyCounts;

    /// <summary>True if the device is closed.</summary>
    internal bool IsDisposed => accelerator.IsDisposed;

    /// <summary>The threads of the CPU schedule; nothing on a GPU.</summary>
    internal ThreadTeam? Team { get; }

    /// <summary>
    /// The part of a device's name that the bits of results depend on: not how many threads a processor has.
    /// </summary>
    internal static string BitsOf(string name) => ThreadCount().Replace(name, "");

    /// <summary>Opens this machine's processor.</summary>
    /// <param name="threads">How many threads; by default one for each core.</param>
    /// <param name="registers">Which SIMD registers; by default the widest. All run, if need be emulated.</param>
    internal static Device OpenCpu(int? threads = null, VectorRegisters? registers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        // ILGPU wants warps of two; every launch here uses groups of one, so the second thread of each sleeps.
        var processor = new CPUDevice(2, 1, threads ?? Environment.ProcessorCount);
        var context = Context.Create(builder => builder.CPU(processor).EnableAlgorithms().Profiling());
        return new Device(
            context, processor.CreateAccelerator(context), DeviceKind.Cpu, registers ?? VectorRegisters.Widest);
    }

    /// <summary>
    /// Opens a simulated NVIDIA GPU: slow, with real groups, warps and barriers, for the GPU schedules.
    /// </summary>
    internal static Device OpenSimulator() => OpenSimulator(CPUDevice.Nvidia, CPUAcceleratorMode.Auto);

    /// <summary>Opens a simulated GPU of another size, or one that runs its threads in another order.</summary>
    internal static Device OpenSimulator(CPUDevice gpu, CPUAcceleratorMode mode)
    {
        var context = Context.Create(builder => builder.CPU(gpu).EnableAlgorithms().Profiling());
        return new Device(
            context, gpu.CreateCPUAccelerator(context, mode), DeviceKind.Simulator, VectorRegisters.Widest);
    }

    /// <summary>How much of this device's memory something takes, without taking any.</summary>
    /// <remarks>
    /// It runs on a device like this one that counts the bytes of what it is asked to allocate. There kernels are not
    /// launched, copies do nothing, and the host can neither read nor write the memory. So the need of a network
    /// follows from the very code that will allocate: its layers', and that of operations whose workspaces grow.
    /// </remarks>
    /// <param name="use">Allocates and launches as on this device; it may read nothing that is computed.</param>
    /// <returns>The most that it held at a time.</returns>
    /// <exception cref="DeviceMemoryException">One allocation alone has too many elements.</exception>
    internal long BytesHeldBy(Action<Device> use)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var counting = new Device(this);
        use(counting);
        return counting.Memory.MostBytes;
    }

    /// <summary>
    /// The launch of a kernel that loops over <paramref name="length"/> items by <see cref="LoopRange"/>.
    /// </summary>
    internal KernelConfig Loop(int length)
    {
        if (Schedule == Schedule.Cpu)
            return new KernelConfig(Accelerator.NumMultiprocessors, 1);
        int groupSize = Kind == DeviceKind.Simulator
            ? SimulatorGroupSize
            : Math.Min(GpuGroupSize, Accelerator.MaxNumThreadsPerGroup);
        int groups = Math.Min(
            Rounding.CeilingDivide(length, groupSize), Accelerator.NumMultiprocessors * GpuGroupsPerMultiprocessor);
        return new KernelConfig(Math.Max(groups, 1), groupSize);
    }

    [GeneratedRegex(@", \d+ threads?")]
    private static partial Regex ThreadCount();

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static Device OpenAt(DeviceAddress address, int? cpuThreads) => address switch
    {
        { Kind: DeviceKind.Cpu, Index: 0 } => OpenCpu(cpuThreads),
        { Kind: DeviceKind.Simulator, Index: 0 } => OpenSimulator(),
        { Kind: DeviceKind.Auto, Index: 0 } =>
            Gpu.Find().FirstOrDefault(gpu => !Gpu.IsProcessor(gpu.Hardware)) is { } gpu
                ? OpenGpu(gpu)
                : OpenCpu(cpuThreads),
        _ => OpenGpu(Gpu.Find().FirstOrDefault(gpu => gpu.Address == address)
            ?? throw DeviceUnavailableException.Of(address)),
    };

    private static Device OpenGpu(Gpu gpu)
    {
        var context = Context.Create(builder => builder.EnableAlgorithms().Profiling());
        return new Device(
            context, gpu.Hardware.CreateAccelerator(context), gpu.Address.Kind, VectorRegisters.Widest);
    }

    private static KernelLoader LoaderFor(Context context, Accelerator accelerator) => new(
        accelerator is CudaAccelerator cuda
            ? new CudaKernels(context, cuda, KernelCache.OfUser)
            : new IlgpuKernels(accelerator));

    private static bool IsOnTheHost(DeviceKind kind, Accelerator accelerator) =>
        kind is DeviceKind.Cpu or DeviceKind.Simulator
        || (accelerator is CLAccelerator openCl && Gpu.IsProcessor(openCl.Device));
}
