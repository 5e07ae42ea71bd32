namespace GalaxyNet.Train;

/// <summary>A file of galaxies' numbers, one on each line.</summary>
internal static class IdFile
{
    /// <summary>Reads one; empty lines are passed over, and so is a first line with the column's name.</summary>
    /// <exception cref="UserErrorException">
    /// It cannot be read, a line is no number, or there is none: the message names the file and the line.
    /// </exception>
    public static IReadOnlyList<long> Read(string path)
    {
        string[] lines = ReadLines(path);
        var ids = new List<long>();
        foreach (var (i, line) in lines.Index())
        {
            string text = line.Trim();
            if (text.Length == 0 || (i == 0 && text.Equals(Labels.IdColumn, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (!Labels.TryReadId(text, out long id))
                throw new UserErrorException(
                    $"{path}: line {i + 1}: {Shown.Of(text)} is not a galaxy's number; there should be one on each "
                    + "line");
            ids.Add(id);
        }
        return ids.Count > 0
            ? ids
            : throw new UserErrorException($"{path}: is empty; it should have a galaxy's number on each line");
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.Open(path));
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({exception.Message.TrimEnd('.')})");
        }
    }
}
