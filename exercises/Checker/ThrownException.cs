using System.Diagnostics;

namespace GalaxyNet.Exercises;

/// <summary>What an answer threw instead of coming to its end.</summary>
/// <param name="Trial">The case.</param>
/// <param name="Exception">The exception.</param>
internal sealed record ThrownException(Trial Trial, Exception Exception)
{
    /// <summary>The exception in one line, with the reader's own line that it came from.</summary>
    public string Line
    {
        get
        {
            var frame = new StackTrace(Exception, fNeedFileInfo: true).GetFrames().First(IsOfAnAnswer);
            var method = frame.GetMethod()!;
            string folder = method.DeclaringType!.Namespace == typeof(Solutions.Dense).Namespace ? "Solutions/" : "";
            string file = $"exercises/{folder}{Path.GetFileName(frame.GetFileName())}";
            return Exception is NotImplementedException
                ? $"{method.DeclaringType.Name}.{method.Name} is not written yet: {file}"
                : $"{file}, line {frame.GetFileLineNumber()}: {Exception.GetType().Name}: "
                    + Shown.OnOneLine(Exception.Message);
        }
    }

    /// <summary>False within the library, and in what it offers here.</summary>
    private static bool IsOfAnAnswer(StackFrame frame) =>
        frame.GetFileName() is not null
        && frame.GetMethod()?.DeclaringType is { } type
        && type != typeof(Forward)
        && type.Assembly != typeof(IReference).Assembly;
}
