using System.Runtime.ExceptionServices;
using ILGPU.IR.Intrinsics;

namespace GalaxyNet.Kernels;

/// <summary>
/// Runs many launches of <see cref="SimdKernel{TWork}"/> inside one of ILGPU's, which costs tens of microseconds: two
/// threads have to be woken up for each.
/// </summary>
/// <param name="device">A processor.</param>
internal sealed class JoinedLaunch(Device device)
{
    private readonly Action<KernelConfig, long> launch = device.Load<long>(Launch);

    /// <summary>Calls <paramref name="body"/>, which may launch no other kernel, and returns when it is done.</summary>
    public void Run(Action body)
    {
        ExceptionDispatchInfo? failure = null;
        device.Team!.JoinedWork = () =>
        {
            try
            {
                body();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception); // for the thread that waits
            }
        };
        launch(new KernelConfig(1, 1), device.Team.Handle);
        failure?.Throw();
    }

    private static void Launch(long team) => Execute(team);

    [IntrinsicImplementation]
    private static void Execute(long team) => ThreadTeam.From(team).RunJoinedWork();
}
