using GalaxyNet.Kernels;

namespace GalaxyNet.Tests;

/// <summary>Runs the operations of the study guide on the numbers of its worked examples.</summary>
internal static class StudyOperations
{
    /// <summary>What each operation of the catalogue does with an example.</summary>
    public static IReadOnlyDictionary<string, Action<StudyRun>> All { get; } = new Dictionary<string, Action<StudyRun>>
    {
        ["dense"] = Dense,
        ["relu"] = Relu,
        ["sigmoid"] = Sigmoid,
        ["weighted_mse"] = WeightedMse,
        ["channel_sum"] = ChannelSum,
        ["conv2d"] = Conv2d,
        ["max_pool2d"] = MaxPool2d,
        ["relu_max_pool2d"] = ReluMaxPool2d,
        ["conv2d_relu_max_pool2d"] = Conv2dReluMaxPool2d,
        ["batch_norm2d"] = BatchNorm2d,
        ["batch_norm_relu_max_pool2d"] = BatchNormReluMaxPool2d,
        ["dropout"] = Dropout,
        ["tree_softmax"] = TreeSoftmax,
        ["sgd_momentum"] = SgdMomentum,
        ["adam"] = Adam,
        ["rotation"] = Rotation,
    };

    private static void Dense(StudyRun run)
    {
        Tensor x = run.Input("x"), w = run.Input("w"), b = run.Input("b"), dy = run.Input("dy");
        using var dense = new Dense(run.Device, w.Shape[1], w.Shape[0]);
        dense.Forward(x, w, b, run.Result("y", dy.Shape));
        dense.BackwardInput(dy, w, run.Result("dx", x.Shape));
        dense.BackwardWeight(x, dy, run.Result("dw", w.Shape), run.Result("db", b.Shape));
    }

    private static void Relu(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy"), y = run.Result("y", x.Shape);
        var relu = new Relu(run.Device);
        relu.Forward(x, y);
        relu.Backward(y, dy, run.Result("dx", x.Shape));
    }

    private static void Sigmoid(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy"), y = run.Result("y", x.Shape);
        var sigmoid = new Sigmoid(run.Device);
        sigmoid.Forward(x, y);
        sigmoid.Backward(y, dy, run.Result("dx", x.Shape));
    }

    private static void WeightedMse(StudyRun run)
    {
        Tensor o = run.Input("o"), t = run.Input("t"), w = run.Input("w");
        var loss = new WeightedMse(run.Device);
        loss.Forward(o, t, w, run.Result("loss", [1]));
        loss.Backward(o, t, w, run.Result("do", o.Shape));
    }

    private static void ChannelSum(StudyRun run)
    {
        var x = run.Input("x");
        using var sum = new ChannelSum(run.Device);
        sum.Sum(x, run.Result("s", [x.Shape[1]]));
    }

    private static Conv2dGeometry Geometry(StudyRun run, Tensor x, Tensor w) => new(
        x.Shape[1],
        x.Shape[2],
        x.Shape[3],
        w.Shape[0],
        w.Shape[2],
        w.Shape[3],
        run.Integer("stride"),
        run.Integer("padding"));

    private static void Conv2dReluMaxPool2d(StudyRun run)
    {
        Tensor x = run.Input("x"), w = run.Input("w"), b = run.Input("b"), dy = run.Input("dy");
        using var operation = new Conv2dReluMaxPool2d(run.Device, Geometry(run, x, w), run.Integer("window"));
        using var indices = run.Device.AllocateBuffer<byte>(dy.Count);
        operation.Forward(x, w, b, run.Result("y", dy.Shape), indices);
        operation.Backward(
            x, indices, dy, w, run.Result("dx", x.Shape), run.Result("dw", w.Shape), run.Result("db", b.Shape));
    }

    private static void Conv2d(StudyRun run)
    {
        Tensor x = run.Input("x"), w = run.Input("w"), b = run.Input("b"), dy = run.Input("dy");
        var geometry = Geometry(run, x, w);
        using var convolution = new Conv2d(run.Device, geometry);
        convolution.Forward(x, w, b, run.Result("y", geometry.OutputShape(x.Shape[0])));
        convolution.BackwardInput(dy, w, run.Result("dx", x.Shape));
        convolution.BackwardWeight(x, dy, run.Result("dw", w.Shape), run.Result("db", b.Shape));
    }

    private static void MaxPool2d(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy");
        var pool = new MaxPool2d(run.Device, run.Integer("kernel"));
        using var places = run.Device.AllocateBuffer<byte>(dy.Count);
        pool.Forward(x, run.Result("y", pool.OutputShape(x.Shape)), places);
        pool.Backward(places, dy, run.Result("dx", x.Shape));
    }

    private static void ReluMaxPool2d(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy");
        var pool = new ReluMaxPool2d(run.Device, run.Integer("kernel"));
        using var places = run.Device.AllocateBuffer<byte>(dy.Count);
        pool.Forward(x, run.Result("y", dy.Shape), places);
        pool.Backward(places, dy, run.Result("dx", x.Shape));
    }

    private static void BatchNorm2d(StudyRun run)
    {
        Tensor x = run.Input("x"), w = run.Input("w"), b = run.Input("b"), dy = run.Input("dy");
        Tensor mean = run.Input("running_mean"), variance = run.Input("running_variance");
        using var norm = new BatchNorm2d(run.Device, x.Shape[1], run.Setting("momentum"), run.Setting("epsilon"));
        norm.ForwardTraining(x, w, b, mean, variance, run.Result("y", x.Shape));
        run.Updates("running_mean_after", mean);
        run.Updates("running_variance_after", variance);
        norm.Backward(x, dy, w, run.Result("dx", x.Shape), run.Result("dw", w.Shape), run.Result("db", b.Shape));
        norm.ForwardEvaluation(x, w, b, mean, variance, run.Result("y_evaluated", x.Shape));
    }

    private static void BatchNormReluMaxPool2d(StudyRun run)
    {
        Tensor x = run.Input("x"), w = run.Input("w"), b = run.Input("b"), dy = run.Input("dy");
        using var operation = new BatchNormReluMaxPool2d(
            run.Device, x.Shape[1], run.Integer("kernel"), epsilon: run.Setting("epsilon"));
        using var mean = run.Device.Allocate(w.Shape);
        using var variance = run.Device.Allocate(w.Shape);
        using var places = run.Device.AllocateBuffer<byte>(dy.Count);
        operation.ForwardTraining(x, w, b, mean, variance, run.Result("y", dy.Shape), places);
        operation.Backward(
            x, places, dy, w, run.Result("dx", x.Shape), run.Result("dw", w.Shape), run.Result("db", b.Shape));
    }

    private static void Dropout(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy");
        ulong seed = (ulong)run.Integer("seed"), step = (ulong)run.Integer("step");
        var dropout = new Dropout(run.Device, run.Setting("probability"));
        dropout.Forward(x, run.Result("y", x.Shape), seed, step);
        dropout.Backward(dy, run.Result("dx", x.Shape), seed, step);
    }

    private static void TreeSoftmax(StudyRun run)
    {
        Tensor x = run.Input("x"), dy = run.Input("dy"), y = run.Result("y", x.Shape);
        SoftmaxGroup[] questions =
        [
            .. run.Numbers("questions").Chunk(3).Select(row => new SoftmaxGroup((int)row[0], (int)row[1], (int)row[2])),
        ];
        using var softmax = new TreeSoftmax(run.Device, questions);
        softmax.Forward(x, y);
        softmax.Backward(x, y, dy, run.Result("dx", x.Shape));
    }

    private static void SgdMomentum(StudyRun run)
    {
        Tensor p = run.Input("p"), g = run.Input("g"), v = run.Input("v");
        new SgdMomentum(run.Device, run.Setting("momentum")).Step(p, g, v, run.Setting("learning_rate"));
        run.Updates("p_after", p);
        run.Updates("v_after", v);
    }

    private static void Adam(StudyRun run)
    {
        Tensor p = run.Input("p"), g = run.Input("g"), m = run.Input("m"), v = run.Input("v");
        var adam = new Adam(run.Device, run.Setting("beta1"), run.Setting("beta2"), run.Setting("epsilon"));
        adam.Step(p, g, m, v, run.Integer("step"), run.Setting("learning_rate"));
        run.Updates("p_after", p);
        run.Updates("m_after", m);
        run.Updates("v_after", v);
    }

    private static void Rotation(StudyRun run)
    {
        float[] levels = run.Numbers("levels");
        Shape shape = [1, 1, run.Integer("height"), run.Integer("width")];
        using var images = run.Device.AllocateBuffer<byte>(Array.ConvertAll(levels, level => (byte)level));
        using var rotation = new Rotation(run.Device);
        using var upright = run.Device.AllocateBuffer<Orientation>([new Orientation(run.Integer("degrees"))]);
        using var mirrored = run.Device.AllocateBuffer<Orientation>([new Orientation(run.Integer("degrees"), isMirrored: true)]);
        rotation.Forward(images, upright, run.Result("y", shape));
        rotation.Forward(images, mirrored, run.Result("y_mirrored", shape));
    }
}
