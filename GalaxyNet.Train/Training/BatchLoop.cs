namespace GalaxyNet.Train;

/// <summary>The result of a training step.</summary>
/// <param name="Loss">The mean loss of its images.</param>
/// <param name="Images">The number of its images.</param>
internal readonly record struct StepResult(float Loss, int Images);

/// <summary>Feeds a network with images in mini-batches, to train it or to predict.</summary>
/// <remarks>
/// On a GPU, steps queue up, and a batch is copied there while earlier ones are computed. Once the queue is full, the
/// losses of its earlier half are read while the steps of the other half wait in it: so the host waits for the device,
/// but the device never for the host. Each step whose loss is not read yet has its own memory for its batch and its
/// loss. Predictions queue up in the same way, and each is read when its memory is needed for another.
/// </remarks>
internal sealed class BatchLoop : IDisposable
{
    private const int MostQueuedSteps = 16;

    private readonly Sequential network;
    private readonly MiniBatches batches;
    private readonly AffineResampling resampling;
    private readonly Shape imageShape;
    private readonly AsyncCopies copies;
    private readonly BatchOnDevice[] slots;
    private readonly DeviceBuffer<float> losses; // one for each slot
    private readonly HostBuffer<float> copiedLosses;
    private readonly Tensor input;
    private readonly List<int> unread = [];
    private readonly List<StepResult> results = [];
    private QueueMark? mark;
    private int launched;

    /// <summary>Prepares batches of the network's largest size.</summary>
    /// <param name="network">A network of one output row for each image.</param>
    /// <param name="images">
    /// All images, which may be larger than the network's input: then it sees their middle. Those that it is to see
    /// must be held.
    /// </param>
    /// <param name="targets">Their targets: [images, outputs]; none if the network only predicts.</param>
    /// <param name="interpolation">How to rotate and zoom them.</param>
    public BatchLoop(
        Sequential network,
        ImageBlock images,
        float[] targets,
        Interpolation interpolation = Interpolation.Cubic)
    {
        this.network = network;
        imageShape = images.Shape;
        var device = network.Device;
        using var construction = Construction.Begin();
        batches = new MiniBatches(device, images, targets, network.MaxBatch);
        resampling = new AffineResampling(device, interpolation);
        copies = new AsyncCopies(device);
        // The CPU computes a step before it returns from it: there is nothing to queue.
        int queued = device.Schedule == Schedule.Cpu ? 1 : MostQueuedSteps;
        slots = [.. Enumerable.Range(0, queued).Select(_ => new BatchOnDevice(network, imageShape))];
        losses = device.AllocateBuffer<float>(queued);
        copiedLosses = device.AllocateHostBuffer<float>(queued);
        input = device.Allocate(network.InputShape.Batch(network.MaxBatch));
        construction.Complete();
    }

    /// <summary>How many outputs the network has for an image.</summary>
    public int Outputs => network.OutputShape.Count;

    /// <summary>Loads the kernels of a pass over batches; the first of each size does it otherwise.</summary>
    /// <param name="mode">What the pass is for.</param>
    /// <param name="images">How many images: the last batch may be smaller, and have other kernels.</param>
    public void LoadKernels(Mode mode, int images)
    {
        foreach (int rows in new[] { Math.Min(images, network.MaxBatch), images % network.MaxBatch })
        {
            if (rows > 0)
                network.LoadKernels(input.FirstRows(rows), mode);
        }
    }

    /// <summary>
    /// Launches what steps and predictions launch, without images: so a device that only counts knows of all memory.
    /// </summary>
    /// <param name="step">The step of the same network; null if it only predicts.</param>
    public void LaunchOnce(TrainingStep? step)
    {
        var batch = batches.Unfilled;
        var slot = slots[0];
        if (step is not null)
        {
            slot.BeginUpload(copies, batch);
            BeginStep(step, slot);
        }
        BeginForward(slot, batch, Pose.AsIs);
        BeginForward(slot, batch, new Pose(1));
    }

    /// <summary>
    /// Takes one training step for each batch, when its size is asked for; the losses come from
    /// <see cref="TakeResults"/>.
    /// </summary>
    /// <param name="step">The step of the same network.</param>
    /// <param name="order">The indices of the images, in the order to train on.</param>
    /// <param name="poseOf">How to show an image.</param>
    /// <param name="beforeStep">Is called before each step.</param>
    /// <returns>The number of images of each step.</returns>
    /// <exception cref="NonFiniteException">
    /// A loss is NaN or infinite; on a GPU this shows some steps later.
    /// </exception>
    public IEnumerable<int> Train(
        TrainingStep step, int[] order, Func<int, Pose> poseOf, Action beforeStep)
    {
        using var source = batches.Read(BatchesOf(order), poseOf).GetEnumerator();
        try
        {
            for (var batch = BeginNext(source); batch is not null;)
            {
                copies.Wait();
                beforeStep();
                int images = batch.Count;
                BeginStep(step, batch);
                launched++;
                unread.Add(images);
                ReadLossesIfMany();
                batch = BeginNext(source); // while the device computes
                yield return images;
            }
        }
        finally
        {
            copies.Wait(); // whoever stops early may dispose the memory next
        }
    }

    /// <summary>The results since the last call that have been read; this waits for nothing.</summary>
    public IReadOnlyList<StepResult> TakeKnownResults()
    {
        StepResult[] taken = [.. results];
        results.Clear();
        return taken;
    }

    /// <summary>The results of all steps since the last call. This waits for the device.</summary>
    /// <exception cref="NonFiniteException">A loss is NaN or infinite.</exception>
    public IReadOnlyList<StepResult> TakeResults()
    {
        if (unread.Count > 0)
        {
            network.Device.Synchronize();
            ReadLosses(unread.Count);
        }
        return TakeKnownResults();
    }

    /// <summary>
    /// The network's outputs for images, averaged over views of them. Not to be called between the steps of
    /// <see cref="Train"/>.
    /// </summary>
    /// <param name="order">The indices of the images, in the order of the results.</param>
    /// <param name="views">The poses in which the network sees each image.</param>
    /// <param name="progress">Gets the number of images done and of all.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>[images, outputs].</returns>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public float[] Predict(
        int[] order,
        Pose[] views,
        ProgressReport? progress = null,
        CancellationToken cancellation = default)
    {
        int outputs = Outputs;
        var predictions = new float[order.Length * outputs];
        var waiting = new Queue<(BatchOnDevice Slot, Range Images)>();
        network.Device.Synchronize(); // no step reads what is uploaded from here on
        int done = 0;
        int begun = 0;
        foreach (var batch in batches.Read(BatchesOf(order), static _ => Pose.AsIs))
        {
            foreach (var view in views)
            {
                cancellation.ThrowIfCancellationRequested();
                if (waiting.Count == slots.Length)
                    AddOldest();
                var slot = slots[begun++ % slots.Length];
                batch.Poses.Span.Fill(view);
                BeginForward(slot, batch, view);
                waiting.Enqueue((slot, done..(done + batch.Count)));
            }
            done += batch.Count;
            progress?.Invoke(done, order.Length);
        }
        while (waiting.Count > 0)
            AddOldest();
        return predictions;

        void AddOldest()
        {
            var (slot, images) = waiting.Dequeue();
            var sums = predictions.AsSpan((images.Start.Value * outputs)..(images.End.Value * outputs));
            var output = slot.Output.Wait();
            for (int i = 0; i < sums.Length; i++)
                sums[i] += output[i] / views.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        mark?.Dispose();
        input.Dispose();
        copiedLosses.Dispose();
        losses.Dispose();
        foreach (var slot in slots)
            slot.Dispose();
        copies.Dispose();
        resampling.Dispose();
        batches.Dispose();
    }

    /// <summary>Batches of the network's largest size; the last one has what is left.</summary>
    private int[][] BatchesOf(int[] order) => [.. order.Chunk(network.MaxBatch)];

    private void BeginStep(TrainingStep step, BatchOnDevice batch)
    {
        var rows = input.FirstRows(batch.Count);
        resampling.Forward(batch.Pixels, imageShape.Batch(batch.Count), batch.Poses, rows);
        step.Run(rows, batch.Targets, Tensor.View(losses, launched % slots.Length, [1]));
    }

    /// <summary>Uploads a batch and queues a pass whose output the slot gets.</summary>
    private void BeginForward(BatchOnDevice slot, MiniBatch batch, Pose view)
    {
        slot.BeginUpload(copies, batch);
        copies.Wait();
        var rows = input.FirstRows(batch.Count);
        if (view == Pose.AsIs && imageShape.Equals(network.InputShape))
            resampling.Convert(slot.Pixels, rows);
        else
            resampling.Forward(slot.Pixels, imageShape.Batch(batch.Count), slot.Poses, rows);
        slot.Output.Begin(network.Forward(rows, Mode.Evaluation));
    }

    /// <summary>
    /// Begins to copy the next batch to memory that no step with an unread loss uses; null if there is no more batch.
    /// </summary>
    private BatchOnDevice? BeginNext(IEnumerator<MiniBatch> source)
    {
        if (!source.MoveNext())
            return null;
        var slot = slots[launched % slots.Length];
        slot.BeginUpload(copies, source.Current);
        return slot;
    }

    /// <summary>Once the queue is full, waits for its earlier half and reads those losses.</summary>
    private void ReadLossesIfMany()
    {
        int half = slots.Length / 2;
        if (unread.Count == slots.Length)
        {
            mark?.Wait();
            ReadLosses(unread.Count - half);
        }
        if (unread.Count != half || half == 0)
            return;
        mark?.Dispose();
        mark = network.Device.Mark();
    }

    /// <summary>Reads the earliest unread losses; the device must have finished those steps.</summary>
    private void ReadLosses(int count)
    {
        copies.Begin(losses, copiedLosses);
        copies.Wait();
        int first = launched - unread.Count;
        float LossAt(int i) => copiedLosses.Span[(first + i) % slots.Length];
        StepResult[] read = [.. unread.Take(count).Select((images, i) => new StepResult(LossAt(i), images))];
        if (!Array.TrueForAll(read, result => float.IsFinite(result.Loss)))
            throw new NonFiniteException("one of the last losses is NaN or infinite");
        results.AddRange(read);
        unread.RemoveRange(0, count);
    }
}
