using System.CommandLine;

namespace GalaxyNet.Train;

/// <summary>What a command does with a path that it is given.</summary>
internal enum PathRole
{
    /// <summary>A folder of labeled galaxies that is read.</summary>
    Galaxies,

    /// <summary>Images, folders of images or patterns, which are read.</summary>
    Images,

    /// <summary>A run that is read.</summary>
    Run,

    /// <summary>Any other file or program that is read or run.</summary>
    Input,

    /// <summary>A file that is written.</summary>
    OutputFile,

    /// <summary>A folder that is written into.</summary>
    OutputFolder,
}

/// <summary>
/// An option whose value is a path, or several. <see cref="OutputCheck"/> looks at those of a command before it works.
/// </summary>
internal interface IPathOption
{
    /// <summary>What is done with the paths.</summary>
    PathRole Role { get; }

    /// <summary>How the name of a file may end that is written.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>The option's name.</summary>
    string Name { get; }

    /// <summary>The paths that were given, or that are there by default.</summary>
    IEnumerable<string> Of(ParseResult result);
}

/// <inheritdoc cref="IPathOption"/>
internal sealed class PathOption<T> : Option<T>, IPathOption
{
    /// <summary>Declares the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What is done with the path.</param>
    /// <param name="endings">How the name of a file may end that is written, which says its format.</param>
    public PathOption(string name, PathRole role, params string[] endings)
        : base(name)
    {
        (Role, Endings) = (role, endings);
        Validators.Add(result =>
        {
            foreach (string path in result.Tokens.Select(token => token.Value))
            {
                if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
                    result.AddError($"{Name} '{path.Replace("\0", "\\0")}' names no file or folder.");
            }
        });
    }

    /// <inheritdoc/>
    public PathRole Role { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings { get; }

    /// <inheritdoc/>
    public IEnumerable<string> Of(ParseResult result) => result.GetValue(this) switch
    {
        string path => [path],
        IEnumerable<string> paths => paths,
        _ => [],
    };
}
