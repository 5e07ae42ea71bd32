using System.Reflection;
using NUnit.Framework.Constraints;

namespace GalaxyNet.Tests;

/// <summary>A wrong argument of an operation is reported by a clear exception, before any kernel runs.</summary>
[TestFixture]
internal sealed class OperationMisuseTests
{
    private static readonly IReadOnlyList<string> Names = NamesOfCalls();

    private readonly Lazy<IReadOnlyList<OperationCall>> good = new(() => OperationCalls.On(Cpu));
    private readonly Lazy<IReadOnlyList<OperationCall>> foreign =
        new(() => OperationCalls.On(TestDevices.Get("cpu-256")));
    private readonly Lazy<IReadOnlyList<OperationCall>> disposed = new(() => DisposeArguments(OperationCalls.On(Cpu)));

    private static Device Cpu => TestDevices.Get("cpu-512");

    [Test]
    public void EveryMethodThatTakesTensorsIsCalled()
    {
        var methods =
            from type in typeof(Conv2d).Assembly.GetExportedTypes()
            where type.GetConstructors().Any(each => each.GetParameters() is [{ Name: "device" }, ..])
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor))
            select $"{type.Name}.{method.Name}";
        Assert.That(Names, Is.EquivalentTo(methods), $"{nameof(OperationCalls)} should have each once");
    }

    [TestCaseSource(nameof(Names))]
    public void RightArgumentsAreTaken(string name)
    {
        // Of the same operation, up to this call: a backward pass needs the forward pass before it.
        var call = Find(name);
        foreach (var each in good.Value.Where(each => each.Operation == call.Operation).TakeWhile(each => each != call))
            Invoke(each, each.Arguments);
        Assert.That(() => Invoke(call, call.Arguments), Throws.Nothing);
    }

    [TestCaseSource(nameof(Names))]
    public void AnotherDevicesArgumentIsRefused(string name) => AssertThatEachIsRefused(
        name,
        (i, argument) => argument is Shape ? argument : foreign.Value[IndexOf(name)].Arguments[i],
        _ => Throws.InstanceOf<ArgumentException>().With.Message.Contains("lives on another device"));

    [TestCaseSource(nameof(Names))]
    public void ADisposedArgumentIsRefused(string name) => AssertThatEachIsRefused(
        name,
        (i, argument) => argument is IDisposable ? disposed.Value[IndexOf(name)].Arguments[i] : argument,
        _ => Throws.InstanceOf<ObjectDisposedException>());

    [TestCaseSource(nameof(Names))]
    public void AnArgumentOfAnotherSizeIsRefused(string name) => AssertThatEachIsRefused(
        name,
        (_, argument) => argument switch
        {
            Tensor tensor => Cpu.Allocate(tensor.Shape.Batch(2)),
            DeviceBuffer<byte> buffer => Cpu.AllocateBuffer<byte>(buffer.Length - 1),
            DeviceBuffer<Pose> buffer => Cpu.AllocateBuffer<Pose>(buffer.Length - 1),
            _ => argument,
        },
        _ => Throws.InstanceOf<ArgumentException>());

    [TestCaseSource(nameof(Names))]
    public void NothingInPlaceOfAnArgumentIsRefused(string name) => AssertThatEachIsRefused(
        name,
        (i, argument) => IsOptional(ParametersOf(Find(name))[i]) ? argument : null,
        parameter => Throws.ArgumentNullException
            .With.Property(nameof(ArgumentException.ParamName)).EqualTo(parameter));

    [TestCaseSource(nameof(Names))]
    public void ADisposedOperationIsRefused(string name)
    {
        var call = OperationCalls.On(Cpu)[IndexOf(name)];
        if (call.Operation is not DisposableOperation operation)
        {
            Assert.That(call.Operation, Is.Not.InstanceOf<IDisposable>(), "what keeps memory is a DisposableOperation");
            return;
        }
        operation.Dispose();
        operation.Dispose();
        Assert.That(() => Invoke(call, call.Arguments), Throws.InstanceOf<ObjectDisposedException>());
    }

    /// <summary>Replaces each argument in turn by a bad one, and checks that nothing has been written.</summary>
    private void AssertThatEachIsRefused(
        string name, Func<int, object, object?> bad, Func<string, IResolveConstraint> refusal)
    {
        var call = Find(name);
        foreach (var each in good.Value.Where(each => each.Operation == call.Operation))
            Invoke(each, each.Arguments);
        float[][] before = Contents(call);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < call.Arguments.Length; i++)
            {
                object? replacement = bad(i, call.Arguments[i]);
                if (call.Arguments[i] is ValueType || ReferenceEquals(replacement, call.Arguments[i]))
                    continue;
                string parameter = ParametersOf(call)[i].Name!;
                object?[] arguments = [.. call.Arguments];
                arguments[i] = replacement;
                Assert.That(() => Invoke(call, arguments), refusal(parameter), parameter);
            }
        });
        Assert.That(Contents(call), Is.EqualTo(before), "something has run");
    }

    private OperationCall Find(string name) => good.Value[IndexOf(name)];

    private static int IndexOf(string name) => Names.ToList().IndexOf(name);

    // On a device of their own: they are asked for before there is a fixture.
    private static IReadOnlyList<string> NamesOfCalls()
    {
        using var device = Device.OpenCpu(1);
        return [.. OperationCalls.On(device).Select(call => call.Name)];
    }

    private static void Invoke(OperationCall call, object?[] arguments) =>
        MethodOf(call).Invoke(call.Operation, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static MethodInfo MethodOf(OperationCall call) => call.Operation.GetType().GetMethod(call.Method)!;

    private static ParameterInfo[] ParametersOf(OperationCall call) => MethodOf(call).GetParameters();

    private static bool IsOptional(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    private static float[][] Contents(OperationCall call) =>
        [.. call.Arguments.OfType<Tensor>().Select(tensor => tensor.ToArray())];

    private static IReadOnlyList<OperationCall> DisposeArguments(IReadOnlyList<OperationCall> calls)
    {
        foreach (var argument in calls.SelectMany(call => call.Arguments).OfType<IDisposable>())
            argument.Dispose();
        return calls;
    }
}
