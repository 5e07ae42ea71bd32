using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace GalaxyNet.Train;

/// <summary>
/// A piece of a page. Values in <c>Html.Of($"...")</c> are escaped, except other pieces; NaN becomes a dash.
/// </summary>
/// <param name="Markup">The piece, which is well-formed XML.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>A piece made of literal markup and of values.</summary>
    public static Html Of(Builder builder) => new(builder.ToString());

    /// <summary>A whole page in one file, which needs no other, no network connection and no script.</summary>
    /// <param name="title">Its heading and its title.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="content">What stands under the heading.</param>
    public static Html Page(string title, Html style, Html content) => Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
        <title>{title}: GalaxyNet</title>
        <style>{style}</style>
        </head>
        <body>
        <h1>{title}</h1>
        {content}
        </body>
        </html>

        """);

    /// <summary>Writes it as a file, whole or not at all.</summary>
    /// <exception cref="OutputException">The path cannot be written.</exception>
    public void Write(string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Markup);
        OutputFile.Write(path, stream => stream.Write(bytes));
    }

    /// <inheritdoc/>
    public override string ToString() => Markup;

    /// <summary>What the compiler turns <c>$"..."</c> into.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Builder(int literalLength, int formattedCount)
    {
        private const int GuessedLength = 16;
        private const string NotKnown = "–"; // what NaN stands for

        private readonly StringBuilder markup = new(literalLength + (GuessedLength * formattedCount));

        public void AppendLiteral(string literal) => markup.Append(literal);

        public void AppendFormatted(Html html) => markup.Append(html.Markup);

        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (var piece in pieces)
                markup.Append(piece.Markup);
        }

        public void AppendFormatted(string? text) =>
            markup.Append(WebUtility.HtmlEncode(Shown.WithoutControls(text ?? "", allowed: "\n\t")));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable =>
            AppendFormatted(
                (object)value is double.NaN or float.NaN
                    ? NotKnown
                    : value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => markup.ToString();
    }
}
