using System.Text.Json;

namespace GalaxyNet.Tests;

/// <summary>A call of the stub driver, as <c>Stub/record.c</c> writes it.</summary>
/// <param name="Name">Such as <c>create</c>, <c>destroy</c>, <c>launch</c>, <c>synchronize</c>.</param>
/// <param name="Object">Such as <c>stream 0</c>, <c>device memory 12</c>.</param>
/// <param name="Details">What else there is about such a call.</param>
internal sealed record StubCall(string Name, string Object, JsonElement Details)
{
    public bool IsLaunch => Name == "launch";

    public bool IsGraphLaunch => Name == "launch graph";

    /// <summary>Of a launch that became part of a graph.</summary>
    public bool IsCapture => Name == "capture";

    /// <summary>The graph that is launched.</summary>
    public string Graph => $"executable graph {Details.GetProperty("graph")}";

    /// <summary>The kernel of a launch.</summary>
    public string Kernel => Details.GetProperty("kernel").GetString()!;

    /// <summary>The groups of a launch along each axis.</summary>
    public IEnumerable<int> Grid => Details.GetProperty("grid").EnumerateArray().Select(groups => groups.GetInt32());

    /// <summary>The last one of a step of training.</summary>
    public bool IsUpdate => IsLaunch && Kernel.Contains("Update", StringComparison.Ordinal);

    /// <summary>Of memory, a copy, or a kernel's text.</summary>
    public long Bytes => Details.GetProperty("bytes").GetInt64();

    public override string ToString() => Details.ToString();
}

/// <summary>What a program has asked of the stub driver, in order.</summary>
internal sealed class StubRecord
{
    private StubRecord(IReadOnlyList<StubCall> calls) => Calls = calls;

    public IReadOnlyList<StubCall> Calls { get; }

    public IEnumerable<StubCall> Launches => Calls.Where(call => call.IsLaunch);

    /// <summary>What is called from Adam's kernel of one step of training to that of the next.</summary>
    public IEnumerable<IReadOnlyList<StubCall>> FromUpdateToUpdate
    {
        get
        {
            int[] updates = [.. Enumerable.Range(0, Calls.Count).Where(i => Calls[i].IsUpdate)];
            return updates.Zip(
                updates.Skip(1), (first, second) => Calls.Skip(first + 1).Take(second - first).ToList());
        }
    }

    /// <summary>Steps of training: from the first kernel of each to Adam's.</summary>
    public IEnumerable<IReadOnlyList<StubCall>> Steps =>
        FromUpdateToUpdate.Select(calls => calls.SkipWhile(call => !call.IsLaunch).ToList());

    /// <summary>What is called between the beginning and the end of each capture.</summary>
    public IEnumerable<IReadOnlyList<StubCall>> Captures
    {
        get
        {
            for (int i = 0; i < Calls.Count; i++)
            {
                if (Calls[i].Name == "begin capture")
                    yield return Calls.Skip(i + 1).TakeWhile(call => call.Name != "end capture").ToList();
            }
        }
    }

    /// <summary>What is called from the first kernel to the last.</summary>
    public IEnumerable<StubCall> FromFirstToLastLaunch =>
        Calls.SkipWhile(call => !call.IsLaunch).Reverse().SkipWhile(call => !call.IsLaunch).Reverse();

    /// <summary>What was created and never destroyed.</summary>
    public IEnumerable<string> Leaked => ObjectsOf("create").Except(ObjectsOf("destroy"));

    /// <summary>Whether nothing came after the GPU was closed, for the last time if it was opened again.</summary>
    public bool EndsWithTheContext =>
        Calls[^1].Name == "destroy" && Calls[^1].Object == ObjectsOf("create").Last(IsContext);

    public static StubRecord Read(string path) => new(
    [
        .. File.ReadLines(path).Select(line => JsonElement.Parse(line)).Select(call => new StubCall(
            call.GetProperty("call").GetString()!, call.GetProperty("object").GetString()!, call)),
    ]);

    private static bool IsContext(string what) => what.StartsWith("context ", StringComparison.Ordinal);

    /// <summary>The objects of all calls of a name, in order.</summary>
    public IEnumerable<string> ObjectsOf(string name) =>
        Calls.Where(call => call.Name == name).Select(call => call.Object);
}
