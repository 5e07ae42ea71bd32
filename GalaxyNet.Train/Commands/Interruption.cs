using System.Runtime.InteropServices;

namespace GalaxyNet.Train;

/// <summary>
/// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP): the first signal lets the command finish its step and save,
/// the second ends it at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalBase = 128; // an exit code is this plus the signal's number, as shells count
    private const int Sighup = 1;
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private volatile int exitCode;

    /// <summary>Listens from now on.</summary>
    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, Sigint)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, Sigterm)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Interrupt(context, Sighup)),
    ];

    /// <summary>Is canceled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP.</summary>
    public int ExitCode => exitCode;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void Interrupt(PosixSignalContext context, int signal)
    {
        context.Cancel = !source.IsCancellationRequested;
        exitCode = SignalBase + signal;
        source.Cancel();
    }
}
