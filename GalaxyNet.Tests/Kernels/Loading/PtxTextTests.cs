using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GalaxyNet.Tests;

/// <summary>The text of a kernel that is compiled by itself is always the same, and says which it is.</summary>
[TestFixture]
internal sealed class PtxTextTests
{
    private static readonly IReadOnlyList<MarkedKernel> Kernels =
    [
        .. MarkedKernel.OfGpus
            .Where(kernel => kernel.Tile is null || kernel.Tile == typeof(Tile64x32))
            .Where(kernel => kernel.Attribute.Operation is "adam" or "max_pool2d" or "dense"),
    ];

    private readonly Lazy<Dictionary<string, string>> texts = new(() => Compile(Kernels));

    [Test, Exhaustive]
    public void ItDoesNotDependOnWhatWasCompiledBefore()
    {
        Assert.That(Compile(Kernels.Reverse()), Is.EquivalentTo(texts.Value));
        Assert.That(texts.Value.Values, Has.All.Contains(".target sm_80"));
    }

    [Test, Exhaustive]
    public void EntriesAreNamedByOperationPassAndTile() => Assert.That(
        texts.Value.Values.Select(ptx => ptx.Split(".visible .entry ")[1].Split('(')[0]),
        Is.Unique.And.SupersetOf((string[])
        [
            "Kernel_adam_Update",
            "Kernel_dense_SplitSum",
            "Kernel_dense_Forward_64x32",
            "Kernel_dense_BackwardInput_64x32",
            "Kernel_dense_BackwardWeight_64x32",
        ]));

    [Test]
    public void NamesThatWereDifferentStayDifferent()
    {
        const string Ptx = """
            .visible .entry Kernel_Kernel( .param .b32 _a_17, .param .b32 _b_18, .param .b32 _a_171 )
            L_17: ld.param.b32 %r1, [_a_17+8]; bra L_18; L_18: ld.param.b32 %r_17, [_a_171]; call Sum_19, (_b_18);
            """;
        Assert.That(PtxText.Normalize(Ptx, "relu.Forward"), Is.EqualTo("""
            .visible .entry Kernel_relu_Forward( .param .b32 _a_0, .param .b32 _b_1, .param .b32 _a_2 )
            L_0: ld.param.b32 %r1, [_a_0+8]; bra L_1; L_1: ld.param.b32 %r_17, [_a_2]; call Sum_3, (_b_1);
            """));
    }

    [Test]
    public void WhatThePtxDependsOnMakesAnotherIdentity()
    {
        var (dense, other) = (Kernels.First(kernel => kernel.Tile is not null).Method, Kernels[0].Method);
        var wide = dense.GetGenericMethodDefinition().MakeGenericMethod(typeof(Tile64x128));
        var identities = new[]
        {
            Identity(dense),
            Identity(wide),
            Identity(other),
            Identity(dense, new KernelSpecialization(64, 2)),
            Identity(dense, architecture: CudaArchitecture.SM_90),
            Identity(dense, instructionSet: CudaInstructionSet.ISA_78),
        };
        Assert.That(identities.Select(identity => identity.Hash), Is.Unique);
        Assert.That(Identity(dense), Is.EqualTo(identities[0]));
    }

    private static KernelIdentity Identity(
        System.Reflection.MethodInfo method,
        KernelSpecialization specialization = default,
        CudaArchitecture? architecture = null,
        CudaInstructionSet? instructionSet = null) => KernelIdentity.Of(
            new KernelCode(method, specialization),
            architecture ?? CudaArchitecture.SM_80,
            instructionSet ?? CudaInstructionSet.ISA_70);

    private static Dictionary<string, string> Compile(IEnumerable<MarkedKernel> kernels) =>
        kernels.ToDictionary(kernel => kernel.Name, kernel => kernel.CompileFor(CudaArchitecture.SM_80));
}
