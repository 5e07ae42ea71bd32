namespace GalaxyNet.Layers;

/// <summary>A stage that goes element by element, and so works in place: backward always, forward if it may.</summary>
internal abstract class ElementwiseStage : Stage
{
    protected ElementwiseStage(StageContext context)
    {
        if (!context.MayOverwriteInput)
            OutputShape = context.InputShape;
    }

    public override GradientMemory InputGradientMemory => GradientMemory.Any;

    /// <summary>The memory that the output goes to.</summary>
    protected Tensor OutputFor(Tensor input) => SharesInput ? input : OutputRows(input.Shape[0]);
}
