using System.Globalization;
using System.Text.RegularExpressions;

namespace GalaxyNet.Benchmarks;

/// <summary>Comments for the text of a kernel on what is what, from the analysis of its blocks and loops.</summary>
internal static partial class PtxComments
{
    /// <summary>The text of a kernel with comments, each above the line that it is about.</summary>
    public static string AddTo(PtxEntry entry, string ptx)
    {
        string[] lines = ptx.Split('\n');
        var blocks = PtxBlock.Read(ptx);
        var structure = new PtxStructure(blocks);
        var comments = OfDeclarations(lines).Concat(OfRegions(blocks, structure))
            .Concat(blocks.SelectMany(block => OfInstructions(block, structure)))
            .ToLookup(comment => comment.Line, comment => comment.Text);
        var annotated = lines.Index().SelectMany(line => comments[line.Index]
            .SelectMany(comment => comment.Split('\n'))
            .Select(comment => $"{Indentation().Match(line.Item)}// {comment}")
            .Append(line.Item));
        return string.Join('\n', Heading(entry).Concat(annotated));
    }

    private static IEnumerable<string> Heading(PtxEntry entry)
    {
        yield return $"// {entry.Kernel.Name}, compiled for sm_{entry.Sm}.";
        if (entry.MachineCode is not { } code)
            yield break;
        yield return $"// ptxas: {code.Registers} registers, {code.SpilledBytes} bytes of them spilled; a " +
            $"multiprocessor has room for {entry.WarpsInFlight} warps.";
        if (code.HottestLoop is { } loop)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"// Its hottest loop: {loop.Instructions} instructions, {loop.MultiplyAddShare:P1} of them FMAs.");
    }

    private static IEnumerable<(int Line, string Text)> OfDeclarations(string[] lines) =>
        from line in lines.Index()
        let text = OfDeclaration(line.Item)
        where text is not null && OfDeclaration(lines[line.Index - 1]) != text
        select (line.Index, text);

    private static string? OfDeclaration(string line) => Declaration().Match(line).Groups[1].Value switch
    {
        "target" => "The least GPU that has all instructions used here: it may be older than the one compiled for.",
        "param" => "Parameters of the method. A struct, such as a view, is its bytes.",
        "maxntid" => "The most threads of a group.",
        "minnctapersm" => "Registers of a thread are to leave room for so many groups on a multiprocessor.",
        "shared" => "Shared memory of a group, in bytes.",
        "local" => "Local memory of a thread, in bytes: slow.",
        "reg" => "Virtual registers: the driver's compiler decides how many real ones they need.",
        _ => null,
    };

    private static IEnumerable<(int Line, string Text)> OfRegions(
        IReadOnlyList<PtxBlock> blocks, PtxStructure structure)
    {
        var last = PtxRegion.Before;
        var known = new HashSet<PtxRegion>();
        foreach (var block in blocks.Where(block => !block.Instructions.All(each => each.Is("bra"))))
        {
            var region = structure.RegionOf(block);
            if (region != last)
            {
                string figures = known.Add(region) ? FiguresOf(region, structure) : "";
                yield return (block.Instructions[0].Line, $"{NameOf(region)}.{figures}");
            }
            last = region;
        }
    }

    private static string NameOf(PtxRegion region) => region switch
    {
        PtxRegion.Loop => "IN THE INNER LOOP",
        PtxRegion.Around => "IN THE LOOP AROUND THE INNER ONE",
        PtxRegion.After => "AFTER THE LOOPS",
        _ => "BEFORE THE LOOPS",
    };

    private static string FiguresOf(PtxRegion region, PtxStructure structure) => region switch
    {
        PtxRegion.Loop => FiguresOf(PtxLoop.Of(structure.Nest!)),
        _ => "",
    };

    private static string FiguresOf(PtxLoop loop)
    {
        string share = loop.MultiplyAddShare.ToString("P1", CultureInfo.InvariantCulture);
        return $" {loop.Instructions} instructions, {loop.MultiplyAdds} of them FMAs: {share}, " +
            "by the longest way, without moves and constants.\n" +
            $"{loop.SharedBytesRead} bytes of shared memory are read. " +
            "A mul and the add that alone uses it count as one.";
    }

    private static IEnumerable<(int Line, string Text)> OfInstructions(PtxBlock block, PtxStructure structure)
    {
        string? last = null;
        foreach (var instruction in block.Instructions)
        {
            string? text = OfInstruction(instruction, SliceOf(block, structure));
            if (text is not null && text != last)
                yield return (instruction.Line, text);
            last = text ?? last;
        }
    }

    /// <summary>Whose numbers a block brings, as a part of a sentence.</summary>
    private static string SliceOf(PtxBlock block, PtxStructure structure) => structure.RegionOf(block) switch
    {
        PtxRegion.Before when structure.IsDoubleBuffered => " of the first slice",
        PtxRegion.Loop or PtxRegion.Around when structure.IsDoubleBuffered => " of the next slice",
        PtxRegion.Loop or PtxRegion.Around when structure.BringsSlices => " of a slice",
        _ => "",
    };

    /// <summary>What an instruction does for the kernel; null for arithmetic and branches.</summary>
    private static string? OfInstruction(PtxInstruction instruction, string slice)
    {
        string width = instruction.Name.Contains(".v4.", StringComparison.Ordinal) ? ", four numbers at once" : "";
        return instruction switch
        {
            _ when instruction.Is("ld.param.") => "The parameters are loaded.",
            _ when instruction.Is("bar.") => "A barrier: all threads of the group wait here for each other.",
            _ when instruction.Is("ld.shared.") => $"A read of shared memory{width}.",
            _ when instruction.Is("st.shared.") => $"A write to shared memory{slice}{width}.",
            _ when instruction.Is("ld.local.") || instruction.Is("st.local.") => "Local memory: slow.",
            _ when instruction.Is("ld.") => $"A load from memory{slice}{width}.",
            _ when instruction.Is("st.") => $"A store to memory{width}.",
            _ => null,
        };
    }

    [GeneratedRegex(@"^\s*\.(\w+)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*")]
    private static partial Regex Indentation();
}
