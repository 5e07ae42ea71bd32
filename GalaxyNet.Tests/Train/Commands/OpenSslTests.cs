namespace GalaxyNet.Tests;

/// <summary>Where OpenSSL is missing, a line says so: the system of <c>.ci/one-file</c> has none at first.</summary>
[TestFixture]
internal sealed class OpenSslTests
{
    [Test]
    public void ThisSystemHasIt() => Assert.That(OpenSsl.Require, Throws.Nothing);

    [Test]
    public void WhereItIsMissingALineSaysWhatToInstall() => Assert.That(
        () => OpenSsl.RequireOneOf("libssl.so.none"),
        Throws.TypeOf<UserErrorException>().With.Message.Contains("install libssl3"));
}
