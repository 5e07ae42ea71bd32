using System.Runtime.CompilerServices;

// ILGPU builds its launchers in an assembly of its own, which has to see the kernels' argument types.
[assembly: InternalsVisibleTo(ILGPU.Context.RuntimeAssemblyName)]

// The tiles on the stack are written before they are read; zeroing them first costs several percent.
[module: SkipLocalsInit]
