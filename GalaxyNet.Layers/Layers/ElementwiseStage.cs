using GalaxyNet.Kernels;

namespace GalaxyNet.Layers;

/// <summary>A stage that goes element by element, and so can work in place: forward where it may, backward always.</summary>
internal abstract class ElementwiseStage : Stage
{
    private readonly Tensor? ownOutput;

    protected ElementwiseStage(StageContext context)
    {
        if (!context.MayOverwriteInput)
            ownOutput = Own(context.Memory.Allocate(context.InputShape));
    }

    public override bool SharesInput => ownOutput is null;

    public override GradientPlace InputGradientPlace => GradientPlace.Anywhere;

    /// <summary>Where the output goes.</summary>
    protected Tensor OutputFor(Tensor input) => ownOutput?.FirstRows(input.Shape[0]) ?? input;
}
