using System.Runtime.CompilerServices;

// The tiles on the stack are written before they are read; zeroing them first costs several percent.
[module: SkipLocalsInit]
