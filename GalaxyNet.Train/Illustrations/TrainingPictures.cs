namespace GalaxyNet.Train;

/// <summary>The pictures of the page on training.</summary>
internal static class TrainingPictures
{
    /// <summary>All of them, by their files' names.</summary>
    public static IReadOnlyList<Illustration> All { get; } =
    [
        new("training-sizes.svg", Sizes.Draw),
        new("training-saturated.svg", Saturated.Draw),
        new("training-rates.svg", Rates.Draw),
        new("training-optimizers.svg", Optimizers.Draw),
        new("training-overfitting.svg", Overfitting.Draw),
        new("training-images.svg", Images.Draw),
    ];

    private static RunPicture Sizes => new(
        "sizes",
        "In ten layers numbers keep their size with the weights of He, shrink with smaller ones, and grow with larger",
        new("layers", new(0, 10), 0, 2, 4, 6, 8, 10),
        new("size, as a power of ten: −2 is a hundredth", new(-4, 2), -4, -3, -2, -1, 0, 1, 2),
        [
            new("library", "second", "1/√n, as drawn here", 1.2, -2.6),
            new("he", "first", "√6/√n, of He", 6.2, 0.25),
            new("twice", "line", "√12/√n", 6.2, 1.55),
        ]);

    private static RunPicture Saturated => new(
        "saturated",
        "Without a warm-up the loss of the notebook's recipe stays for thirty steps where it began; with one it falls",
        new("step", new(0, 80), 0, 20, 40, 60, 80),
        new("loss of a mini-batch", new(0, 0.2), 0, 0.05, 0.1, 0.15, 0.2),
        [
            new("notebook", "second", "the notebook's recipe", 20, 0.155),
            new("warm_up", "first", "with a warm-up of two epochs", 22, 0.03),
        ]);

    private static RunPicture Rates => new(
        "rates",
        "The error on images that do not train, for five learning rates: only one in the middle learns fast",
        new("epoch", new(1, 8), 1, 2, 3, 4, 5, 6, 7, 8),
        new("RMSE on galaxies of validation", new(0.1, 0.45), 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
        [
            new("0.03", "second", "0.03: dead", 4, 0.425),
            new("0.003", "second", "0.003: dead", 4, 0.327),
            new("0.003_warm_up", "thin", "0.003 after a warm-up", 4.1, 0.225),
            new("0.000003", "line", "0.000003", 6.75, 0.179),
            new("0.0003", "first", "0.0003", 6.5, 0.115),
        ]);

    private static RunPicture Optimizers => new(
        "optimizers",
        "Gradient descent with momentum and the right rate learns nearly as fast as Adam; with the notebook's, hardly",
        new("epoch", new(1, 8), 1, 2, 3, 4, 5, 6, 7, 8),
        new("RMSE on galaxies of validation", new(0.1, 0.22), 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22),
        [
            new("adam", "first", "Adam", 6.9, 0.128),
            new("momentum", "second", "momentum 0.9", 4.6, 0.1775),
            new("plain", "line", "no momentum", 6.3, 0.1715),
            new("notebook", "thin", "momentum 0.7, the notebook's rate", 3.6, 0.205),
        ]);

    private static RunPicture Overfitting => new(
        "overfitting",
        "On 600 galaxies that never change the training error falls on and on, and that on others turns and stays",
        new("epoch", new(0, 40), 0, 10, 20, 30, 40),
        new("root of the loss in training, RMSE on others", new(0.04, 0.22), 0.04, 0.08, 0.12, 0.16, 0.2),
        [
            new("training_plain", "thin", "as they are: training", 8.5, 0.073),
            new("training_turned", "line", "turned: training", 24, 0.115),
            new("validation_plain", "second", "as they are: others (dashed)", 3.5, 0.205),
            new("validation_turned", "first", "turned: others", 27.6, 0.2),
        ]);

    private static RunPicture Images => new(
        "images",
        "The error on the same 1,000 galaxies, of networks that trained on 1,000, 2,000, 4,000 and 6,577 others",
        new("epoch", new(0, 60), 0, 10, 20, 30, 40, 50, 60),
        new("RMSE on the same 1,000 galaxies", new(0.09, 0.19), 0.1, 0.12, 0.14, 0.16, 0.18),
        [
            new("1000", "second", "trained on 1,000", 42, 0.128),
            new("2000", "thin", "2,000", 53, 0.1172),
            new("4000", "line", "4,000", 53, 0.1101),
            new("6577", "first", "6,577", 53, 0.0975),
        ]);
}
