namespace GalaxyNet.Train;

/// <summary>A command that several processes may run together.</summary>
internal interface ISharedCommand;
