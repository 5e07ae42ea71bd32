using System.Runtime.InteropServices;
using System.Text;

namespace GalaxyNet.Train;

/// <summary>A library of MPI: its calls, of which one thread makes all.</summary>
/// <remarks>
/// Objects are passed in the width of an address, whether they are addresses or numbers of four bytes: the first six
/// arguments are in registers, and of a number the upper half is not looked at. A request of four bytes is the lower
/// half of eight: all systems that .NET and MPI run on are little-endian.
/// </remarks>
internal sealed unsafe class MpiLibrary
{
    private const int Funneled = 1; // only the thread that began makes calls
    private const int MostVersionCharacters = 8192; // MPICH's, the larger of the two
    private const int MostErrorCharacters = 1024;

    private readonly nint handle;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> send;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> receive;
    private readonly delegate* unmanaged<nint*, int*, nint, int> test;

    private MpiLibrary(string path, nint handle)
    {
        (Path, this.handle, Names) = (path, handle, MpiNames.Of(handle));
        send = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Find("MPI_Isend");
        receive = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Find("MPI_Irecv");
        test = (delegate* unmanaged<nint*, int*, nint, int>)Find("MPI_Test");
    }

    /// <summary>The name or path that it was loaded by.</summary>
    public string Path { get; }

    /// <summary>The objects that have names.</summary>
    public MpiNames Names { get; }

    /// <summary>What it calls itself, such as <c>Open MPI v4.1.4</c> or <c>MPICH 4.0.2</c>.</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[MostVersionCharacters];
            int length;
            _ = ((delegate* unmanaged<byte*, int*, int>)Find("MPI_Get_library_version"))(text, &length);
            // Open MPI's goes on with who built it, MPICH's, which begins "MPICH Version:", with how.
            return Encoding.UTF8.GetString(text, length).Split(',', '\n', '\0')[0].Replace(" Version:\t", " ");
        }
    }

    /// <summary>Finds a library of a kind, and loads it; null if this machine has none.</summary>
    public static MpiLibrary? Find(MpiKind kind) =>
        MpiFiles.Load(kind) is (var path, var handle) ? new MpiLibrary(path, handle) : null;

    /// <summary>All that this machine has, one of each kind.</summary>
    public static IReadOnlyList<MpiLibrary> FindAll() =>
        [.. Enum.GetValues<MpiKind>().Select(Find).OfType<MpiLibrary>()];

    /// <summary>MPI_Init_thread.</summary>
    public void Initialize()
    {
        int provided;
        Check(((delegate* unmanaged<nint, nint, int, int*, int>)Find("MPI_Init_thread"))(0, 0, Funneled, &provided));
    }

    /// <summary>MPI_Finalize.</summary>
    public void End() => Check(((delegate* unmanaged<int>)Find("MPI_Finalize"))());

    /// <summary>MPI_Abort, which may not return.</summary>
    public void Abort(int exitCode) =>
        ((delegate* unmanaged<nint, int, int>)Find("MPI_Abort"))(Names.World, exitCode);

    /// <summary>MPI_Comm_rank.</summary>
    public int Rank() => NumberOfWorld("MPI_Comm_rank");

    /// <summary>MPI_Comm_size.</summary>
    public int Size() => NumberOfWorld("MPI_Comm_size");

    /// <summary>MPI_Comm_dup: all processes, for messages that are not taken for others. Errors are returned.</summary>
    public nint Duplicate()
    {
        nint copy = 0;
        Check(((delegate* unmanaged<nint, nint*, int>)Find("MPI_Comm_dup"))(Names.World, &copy));
        Check(((delegate* unmanaged<nint, nint, int>)Find("MPI_Comm_set_errhandler"))(copy, Names.ErrorsReturn));
        return copy;
    }

    /// <summary>MPI_Isend.</summary>
    /// <returns>The request, as of all that follow.</returns>
    public nint Send(nint communicator, nint start, int count, nint type, int rank)
    {
        nint request = 0;
        Check(send((void*)start, count, type, rank, 0, communicator, &request));
        return request;
    }

    /// <summary>MPI_Irecv.</summary>
    public nint Receive(nint communicator, nint start, int count, nint type, int rank)
    {
        nint request = 0;
        Check(receive((void*)start, count, type, rank, 0, communicator, &request));
        return request;
    }

    /// <summary>MPI_Ibarrier.</summary>
    public nint Barrier(nint communicator)
    {
        nint request = 0;
        Check(((delegate* unmanaged<nint, nint*, int>)Find("MPI_Ibarrier"))(communicator, &request));
        return request;
    }

    /// <summary>MPI_Ibcast, of bytes from process 0.</summary>
    public nint Broadcast(nint communicator, nint start, int count)
    {
        nint request = 0;
        Check(((delegate* unmanaged<void*, int, nint, int, nint, nint*, int>)Find("MPI_Ibcast"))(
            (void*)start, count, Names.Byte, 0, communicator, &request));
        return request;
    }

    /// <summary>MPI_Test: moves what is under way, and says whether this is over.</summary>
    public bool Test(nint request)
    {
        int isOver;
        Check(test(&request, &isOver, Names.StatusIgnore));
        return isOver != 0;
    }

    private int NumberOfWorld(string function)
    {
        int number;
        Check(((delegate* unmanaged<nint, int*, int>)Find(function))(Names.World, &number));
        return number;
    }

    private nint Find(string function) => NativeLibrary.GetExport(handle, function);

    private void Check(int error)
    {
        if (error == 0)
            return;
        byte* text = stackalloc byte[MostErrorCharacters];
        int length;
        _ = ((delegate* unmanaged<int, byte*, int*, int>)Find("MPI_Error_string"))(error, text, &length);
        throw new MpiException($"{Version}: {Encoding.UTF8.GetString(text, length)}");
    }
}
