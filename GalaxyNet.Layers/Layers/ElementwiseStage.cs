namespace GalaxyNet.Layers;

/// <summary>A stage that goes element by element, and so works in place: backward always, forward if it may.</summary>
internal abstract class ElementwiseStage : Stage
{
    private readonly Tensor? ownOutput;

    protected ElementwiseStage(StageContext context)
    {
        if (!context.MayOverwriteInput)
            ownOutput = Own(context.Memory.Allocate(context.InputShape));
    }

    public override bool SharesInput => ownOutput is null;

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    /// <summary>The memory that the output goes to.</summary>
    protected Tensor OutputFor(Tensor input) => ownOutput?.FirstRows(input.Shape[0]) ?? input;
}
