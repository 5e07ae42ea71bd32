using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace GalaxyNet.Tests;

/// <summary>Chromium without a window. Where the machine has none, the test that asks is ignored.</summary>
internal static partial class HeadlessBrowser
{
    private const int Height = 10_000; // pixels: the whole page, where it is narrow
    private const int LeastWindow = 500; // pixels: Chromium makes no narrower window

    /// <summary>No window, no first-run page, and no word to its makers.</summary>
    private static readonly string[] Options =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>How wide the content of a page is where it may be so wide, in pixels.</summary>
    public static int ContentWidth(string page, int width) =>
        Framed(
            page,
            width,
            address => int.Parse(Title().Match(Run("--dump-dom", Window(width), address)).Groups[1].ValueSpan));

    /// <summary>An image of the page at the left of a window.</summary>
    public static Image Screenshot(string page, string path, int width)
    {
        Framed(page, width, address => Run($"--screenshot={path}", Window(width), address));
        return ImageFile.Read(path);
    }

    private static string Window(int width) => $"--window-size={Math.Max(width, LeastWindow)},{Height}";

    /// <summary>Puts the page into a frame of that width, whose title tells how wide the content is.</summary>
    private static T Framed<T>(string page, int width, Func<string, T> use)
    {
        using var folder = new TemporaryFolder();
        string frame = folder.Path("frame.html");
        File.WriteAllText(frame, $$"""
            <!DOCTYPE html><body style="margin: 0">
            <iframe style="border: 0" width="{{width}}" height="{{Height}}"
              srcdoc="{{WebUtility.HtmlEncode(File.ReadAllText(page))}}"></iframe>
            <script>onload = () => document.title = frames[0].document.documentElement.scrollWidth</script>
            """);
        return use(new Uri(frame).AbsoluteUri);
    }

    private static string Run(params string[] arguments)
    {
        string profile = Directory.CreateTempSubdirectory("galaxynet-browser-").FullName;
        try
        {
            var start = new ProcessStartInfo(Find()) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])[.. Options, $"--user-data-dir={profile}", .. arguments])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The browser did not end within {Patience}.");
            }
            return output.Result;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    private static string Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? found = folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Ignore("This machine has no Chromium.");
        return found!;
    }

    [GeneratedRegex("<title>([0-9]+)</title>")]
    private static partial Regex Title();
}
