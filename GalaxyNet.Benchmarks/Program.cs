using System.CommandLine;
using GalaxyNet.Benchmarks;

return new RootCommand("Measures GalaxyNet on this machine.") { ThroughputCommand.Create() }.Parse(args).Invoke();
