using System.Runtime.InteropServices;

namespace GalaxyNet.Tests;

/// <summary>
/// A kernel that a test wrote, run by the stub driver's interpreter in this process: the library is loaded under a name
/// of its own, so that nothing else in the process takes it for the driver.
/// </summary>
internal sealed class PtxRun
{
    private const int MostDynamicSharedBytes = 8; // an attribute of a function
    private const string Head = ".version 7.8\n.target sm_80\n.address_size 64\n";

    private static readonly Lock OneAtATime = new();
    private static readonly Lazy<nint> Library = new(Load);

    private static nint context;

    private PtxRun(int error, string fault, uint[][] memory) => (Error, Fault, Memory) = (error, fault, memory);

    /// <summary>What the driver answered: 0 if all was well.</summary>
    public int Error { get; }

    /// <summary>What was wrong, in a line.</summary>
    public string Fault { get; }

    /// <summary>What is in the kernel's memories afterwards.</summary>
    public uint[][] Memory { get; }

    /// <summary>What a launch asks for beside a kernel's own variables.</summary>
    /// <param name="Bytes">Of shared memory, at the address <c>dynamic</c>.</param>
    /// <param name="Allowed">How many the function is allowed before, if it is not left as it is.</param>
    internal sealed record SharedMemory(int Bytes, int? Allowed = null);

    /// <summary>Runs a kernel whose parameters are the addresses of memories, in registers %a, %b and so on.</summary>
    public static PtxRun Of(string body, int groups, int threads, params uint[][] memory) =>
        Run(TextOf("", body, memory), groups, threads, new SharedMemory(0), memory);

    /// <summary>The same with shared memory that the launch gives a size.</summary>
    public static PtxRun Of(SharedMemory shared, string body, int groups, int threads, params uint[][] memory) => Run(
        TextOf(".extern .shared .align 16 .b8 dynamic[];\n", body, memory), groups, threads, shared, memory);

    /// <summary>What the driver says of the GPU.</summary>
    public static unsafe int DeviceAttribute(int attribute)
    {
        int value;
        Check(Call("cuDeviceGetAttribute", (nint)(&value), attribute));
        return value;
    }

    private static string TextOf(string declarations, string body, uint[][] memory)
    {
        string[] names = [.. memory.Select((_, i) => $"{(char)('a' + i)}")];
        string parameters = string.Join(", ", names.Select(name => $".param .u64 {name}"));
        string loads = string.Concat(names.Select(name => $".reg .b64 %{name}; ld.param.u64 %{name}, [{name}]; "));
        return $"{Head}{declarations}.visible .entry test({parameters})\n{{ {loads}\n{body}\nret;\n}}\n";
    }

    private static PtxRun Run(string text, int groups, int threads, SharedMemory shared, uint[][] memory)
    {
        lock (OneAtATime)
        {
            _ = Library.Value;
            Check(Call("cuCtxSetCurrent", context));
            nint[] addresses = [.. memory.Select(words => Allocate(4 * words.Length))];
            for (int i = 0; i < memory.Length; i++)
                Marshal.Copy((int[])(object)memory[i], 0, addresses[i], memory[i].Length);
            int error = Launch(text, groups, threads, shared, addresses);
            string fault = error == 0 ? "" : Marshal.PtrToStringUTF8(Call("galaxynet_stub_fault"))!;
            uint[][] after = [.. memory.Select(words => new uint[words.Length])];
            for (int i = 0; i < memory.Length; i++)
            {
                Marshal.Copy(addresses[i], (int[])(object)after[i], 0, after[i].Length);
                Check(Call("cuMemFree_v2", addresses[i]));
            }
            return new PtxRun(error, fault, after);
        }
    }

    /// <summary>Reads a module on all processors at the same time, and gives the driver's answers.</summary>
    public static int[] ReadAtTheSameTime(string text, int times)
    {
        int[] errors = new int[times];
        _ = Library.Value;
        Parallel.For(0, times, i =>
        {
            Check(Call("cuCtxSetCurrent", context));
            errors[i] = Read($"{Head}{text}", out nint module);
            if (errors[i] == 0)
                Check(Call("cuModuleUnload", module));
        });
        return errors;
    }

    private static unsafe int Read(string text, out nint module)
    {
        nint read, ptx = Marshal.StringToCoTaskMemUTF8(text);
        int error = (int)Call("cuModuleLoadData", (nint)(&read), ptx);
        Marshal.FreeCoTaskMem(ptx);
        module = read;
        return error;
    }

    private static unsafe int Launch(string text, int groups, int threads, SharedMemory shared, nint[] addresses)
    {
        nint function, name = Marshal.StringToCoTaskMemUTF8("test");
        int error = Read(text, out nint module);
        if (error == 0)
        {
            Check(Call("cuModuleGetFunction", (nint)(&function), module, name));
            nint bytes = addresses.Length * sizeof(nint);
            if (shared.Allowed is int allowed)
                error = (int)Call("cuFuncSetAttribute", function, MostDynamicSharedBytes, allowed);
            fixed (nint* values = addresses)
            {
                nint* extra = stackalloc nint[] { 1, (nint)values, 2, (nint)(&bytes), 0 };
                var launch = (delegate* unmanaged<nint, int, int, int, int, int, int, int, nint, nint, nint*, int>)
                    NativeLibrary.GetExport(Library.Value, "cuLaunchKernel");
                error = error == 0 ? launch(function, groups, 1, 1, threads, 1, 1, shared.Bytes, 0, 0, extra) : error;
            }
            Check(Call("cuModuleUnload", module));
        }
        Marshal.FreeCoTaskMem(name);
        return error;
    }

    private static unsafe nint Allocate(int bytes)
    {
        nint address;
        Check(Call("cuMemAlloc_v2", (nint)(&address), bytes));
        return address;
    }

    private static unsafe nint Load()
    {
        string path = Path.Combine(StubLibrary.Folder, "interpreter.so");
        File.Copy(Path.Combine(StubLibrary.Folder, StubLibrary.FileName), path);
        nint library = NativeLibrary.Load(path);
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "galaxynet_stub_run"))(1);
        nint created;
        var create = (delegate* unmanaged<nint*, uint, int, int>)NativeLibrary.GetExport(library, "cuCtxCreate_v2");
        Check(create(&created, 0, 0));
        context = created;
        return library;
    }

    private static unsafe nint Call(string name, nint a = 0, nint b = 0, nint c = 0)
    {
        nint function = NativeLibrary.GetExport(Library.Value, name);
        return ((delegate* unmanaged<nint, nint, nint, nint>)function)(a, b, c);
    }

    private static void Check(nint error) => Assert.That((int)error, Is.Zero);
}
