namespace GalaxyNet.Tests;

/// <summary>NVIDIA's assembler on this machine, and scripts in its place that answer as it does.</summary>
internal static class CudaToolkit
{
    /// <summary>What ptxas 11.8 wrote of a kernel with spills.</summary>
    public const string Log = """
        ptxas info    : 0 bytes gmem
        ptxas info    : Compiling entry function 'Kernel_Kernel' for 'sm_90'
        ptxas info    : Function properties for Kernel_Kernel
            96 bytes stack frame, 96 bytes spill stores, 92 bytes spill loads
        ptxas info    : Used 168 registers, 29440 bytes smem
        """;

    /// <summary>
    /// What cuobjdump 11.8 wrote of a tiled product, most of it left out, and with a loop inside the one that it has.
    /// </summary>
    public const string MachineCode = """
            Function : Kernel_Kernel
            /*0650*/                   LEA R8, R0, UR5, 0x2 ;                   /* 0x0000000500087c11 */
                                                                                /* 0x000fce000f8e10ff */
            /*0660*/                   LDC R42, c[0x0][0x248] ;                 /* 0x00009200ff2a7b82 */
                                                                                /* 0x000e620000000800 */
            /*06f0*/               @P1 LD.E R45, [R2.64] ;                      /* 0x00000006042c1980 */
            /*0700*/                   LDG.E.128 R4, [R2.64] ;                  /* 0x0000000602042981 */
            /*0770*/                   STS [R10], R45 ;                         /* 0x0000002d0a007388 */
            /*07f0*/                   LDS R52, [R25] ;                         /* 0x0000000019347984 */
            /*0800*/                   LDS.128 R56, [R8] ;                      /* 0x00000000083b7984 */
            /*08b0*/                   FFMA R59, R52, R59, R43 ;                /* 0x0000003b343b7223 */
            /*08e0*/                   FFMA R60, R54, R53, R59 ;                /* 0x00000035363c7223 */
            /*08f0*/               @P2 BRA 0x7f0 ;                              /* 0xfffffff800d49947 */
            /*0900*/                   STL [R1], R5 ;                           /* 0x0000000501007387 */
            /*0b00*/              @!P1 BRA 0x660 ;                              /* 0xfffffff800d49947 */
            /*0b80*/                   EXIT ;                                   /* 0x000000000000794d */
            /*0b90*/                   BRA 0xb90;                               /* 0xfffffffc00fc7947 */
        """;

    /// <summary>The folder of a real ptxas and cuobjdump; without them the test is skipped.</summary>
    public static string Real()
    {
        string[] folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            Path.Combine(Environment.GetEnvironmentVariable("CUDA_HOME") ?? "", "bin"),
        ];
        string? found = folders.FirstOrDefault(folder =>
            File.Exists(Path.Combine(folder, "ptxas")) && File.Exists(Path.Combine(folder, "cuobjdump")));
        if (found is null)
            Assert.Ignore("This needs ptxas and cuobjdump of a CUDA toolkit, on the PATH or in CUDA_HOME.");
        return found;
    }

    /// <summary>A script that takes a program's place.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="answer">What it writes.</param>
    /// <param name="exitCode">How it ends.</param>
    public static string Pretend(TemporaryFolder folder, string program, string answer, int exitCode = 0)
    {
        if (OperatingSystem.IsWindows())
            throw new IgnoreException("The programs are scripts for a shell of Unix.");
        string path = folder.Write(program, $"#!/bin/sh\ncat <<'END'\n{answer}\nEND\nexit {exitCode}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
