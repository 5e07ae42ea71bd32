using System.Text;

namespace GalaxyNet.Train;

/// <summary>Tells by its first bytes what a file is that should be something else.</summary>
/// <remarks>
/// The signatures are those of each format's own description; many are collected at
/// https://www.iana.org/assignments/media-types and https://github.com/file/file/tree/master/magic/Magdir.
/// </remarks>
internal static class FileKind
{
    private const string Convert = "save it as a JPEG or a PNG";
    private const string Fetch = "download the image itself";
    private const string SignIn = "download the image itself, signed in if the site asks for that";
    private const string Unpack = "unpack it";
    private const string ZipEntry = "PK\u0003\u0004";
    private const int ZipName = 30; // where an entry has its name
    private const int MostBytes = 1 << 16; // to look through
    private const char Any = '?';

    // The first that fits counts. Of a signature each character is a byte, and a question mark any byte.
    private static readonly (string Signature, string Name, string Remedy)[] All =
    [
        ("\u00ff\u00d8\u00ff", "a JPEG image", Convert),
        ("\u0089PNG\r\n\u001a\n", "a PNG image", Convert),
        ("\u0089PNG", "a PNG image that was copied as text", Fetch),
        ("SIMPLE  =", "a FITS image", Convert),
        ("RIFF????WEBP", "a WebP image", Convert),
        ("GIF8", "a GIF image", Convert),
        ("BM????\0\0\0\0??\0\0", "a BMP image", Convert),
        ("II*\0", "a TIFF image", Convert),
        ("MM\0*", "a TIFF image", Convert),
        ("II+\0", "a TIFF image", Convert),
        ("MM\0+", "a TIFF image", Convert),
        ("????ftypavi", "an AVIF image", Convert),
        ("????ftyphe", "a HEIC image", Convert),
        ("????ftypm?f1", "a HEIC image", Convert),
        ("????ftyp", "a film (MP4)", Convert),
        ("\0\0\0\u000cjP  \r\n\u0087\n", "a JPEG 2000 image", Convert),
        ("\u00ff\u004f\u00ff\u0051", "a JPEG 2000 image", Convert),
        ("\0\0\0\u000cJXL \r\n\u0087\n", "a JPEG XL image", Convert),
        ("\u00ff\u000a", "a JPEG XL image", Convert),
        ("8BPS", "a Photoshop image", Convert),
        ("gimp xcf", "a GIMP image", Convert),
        ("v/1\u0001", "an OpenEXR image", Convert),
        ("%PDF-", "a PDF document", Convert),
        ("\u0093NUMPY", "a NumPy array", Convert),
        ("\u0089HDF\r\n\u001a\n", "an HDF5 file", Convert),
        ("PAR1", "a Parquet table", Fetch),
        ("SQLite format 3\0", "an SQLite database", Fetch),
        ("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "a document of an old Office program", Fetch),
        ("version https://git-lfs.github.com/spec/", "a Git LFS pointer", "fetch what it points to with git lfs pull"),
        ("/annex/objects/", "a git-annex pointer", "fetch what it points to with git annex get"),
        ("\u001f\u008b", "a gzip file", Unpack),
        (ZipEntry, "a zip archive", Unpack),
        ("PK\u0005\u0006", "an empty zip archive", Fetch),
        ("BZh", "a bzip2 file", Unpack),
        ("\u00fd7zXZ\0", "an xz file", Unpack),
        ("\u0028\u00b5\u002f\u00fd", "a zstd file", Unpack),
        ("7z\u00bc\u00af\u0027\u001c", "a 7z archive", Unpack),
        ("Rar!\u001a\u0007", "a RAR archive", Unpack),
        (new string(Any, 257) + "ustar", "a tar archive", Unpack),
        ("\0\u0005\u0016\u0007", "an AppleDouble file of macOS", "take the file of this name without ._ before it"),
    ];

    /// <summary>What a file is, as in "a gzip file".</summary>
    /// <param name="start">Its first bytes; some hundred are enough but for an Excel workbook.</param>
    /// <returns>Null if it is none of the known kinds.</returns>
    public static string? NameOf(ReadOnlySpan<byte> start) => Of(start)?.Name;

    /// <summary>What is wrong with an image's file that is of another kind.</summary>
    /// <returns>Null if it is none of the known kinds.</returns>
    public static string? ProblemOfImage(ReadOnlySpan<byte> file) => Of(file) is { } kind
        ? $"is {kind.Name}, and no JPEG, PNG or FITS image: {kind.Remedy}"
        : null;

    private static (string Name, string Remedy)? Of(ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, MostBytes)];
        foreach (var (signature, name, remedy) in All)
        {
            if (Fits(start, signature))
                return signature == ZipEntry && IsWorkbook(start) ? ("an Excel workbook", Fetch) : (name, remedy);
        }
        return OfText(start);
    }

    private static bool Fits(ReadOnlySpan<byte> start, string signature)
    {
        if (start.Length < signature.Length)
            return false;
        for (int i = 0; i < signature.Length; i++)
        {
            if (signature[i] != Any && signature[i] != start[i])
                return false;
        }
        return true;
    }

    /// <summary>Excel's file is a zip archive of texts, those of a workbook in a folder <c>xl</c>.</summary>
    private static bool IsWorkbook(ReadOnlySpan<byte> zip)
    {
        for (int entry = 0; entry >= 0; entry = zip.IndexOf("PK\u0003\u0004"u8))
        {
            zip = zip[entry..];
            if (zip.Length > ZipName && zip[ZipName..].StartsWith("xl/"u8))
                return true;
            zip = zip[1..];
        }
        return false;
    }

    private static (string Name, string Remedy)? OfText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble))
            start = start[Encoding.UTF8.Preamble.Length..];
        var text = start.TrimStart(" \t\r\n"u8);
        if (BeginsWith(text, "<?xml"u8))
        {
            return text.IndexOf("<svg"u8) >= 0 ? ("an SVG drawing", Convert)
                : text.IndexOf("<html"u8) >= 0 ? ("a web page (HTML)", SignIn)
                : ("an XML text", SignIn);
        }
        if (BeginsWith(text, "<svg"u8))
            return ("an SVG drawing", Convert);
        bool isPage = BeginsWith(text, "<!doctype html"u8) || BeginsWith(text, "<html"u8) || BeginsWith(text, "<head"u8)
            || BeginsWith(text, "<!--"u8);
        if (isPage)
            return ("a web page (HTML)", SignIn);
        return text.StartsWith("{\""u8) ? ("a JSON text", SignIn) : null;
    }

    private static bool BeginsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);
}
