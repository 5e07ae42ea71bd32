using System.Xml.Linq;

namespace GalaxyNet.Tests;

/// <summary>Pieces of pages, whatever is in them.</summary>
[TestFixture]
internal sealed class HtmlTests
{
    [Test]
    public void ANameCannotBreakAPage()
    {
        const string name = "<b>\u001b[2J\u0000\u0008 & \u007f\u009b\"'</b>\ud83d\udca5";
        var page = XDocument.Parse(Html.Page(name, Html.Of($""), Html.Of($"<p>{name}</p>")).Markup);
        string text = page.Descendants("p").Single().Value;
        Assert.That(text, Is.EqualTo("<b>\ufffd[2J\ufffd\ufffd & \ufffd\ufffd\"'</b>\ud83d\udca5"));
    }
}
