using System.Runtime.InteropServices;

namespace GalaxyNet.Exercises;

/// <summary>Arrays of any rank as their numbers in row-major order, compared and named.</summary>
internal static class Numbers
{
    // Of the largest number that should be there. A mistake is larger, and the differences' own error smaller.
    private const double Relative = 1e-6;
    private const double Absolute = 1e-8; // where all should be 0

    /// <summary>The numbers of an array, to be read and written.</summary>
    public static Span<double> Elements(this Array array) => MemoryMarshal.Cast<byte, double>(
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)));

    /// <summary>The extents as a reader knows them: <c>[3, 7]</c>.</summary>
    public static string ShapeOf(Array array) => $"[{string.Join(", ", array.Extents())}]";

    /// <summary>A new array of the same shape, from each element's place in row-major order.</summary>
    public static Array Like(Array array, Func<int, double> number)
    {
        var made = (Array)array.Clone();
        for (int i = 0; i < made.Length; i++)
            made.Elements()[i] = number(i);
        return made;
    }

    /// <summary>The place of an element along each axis.</summary>
    public static int[] PlaceOf(Array array, int element)
    {
        int[] place = new int[array.Rank];
        for (int axis = place.Length - 1; axis >= 0; axis--)
            (element, place[axis]) = Math.DivRem(element, array.GetLength(axis));
        return place;
    }

    /// <summary>The element of a place.</summary>
    public static int ElementAt(Array array, int[] place)
    {
        int element = 0;
        for (int axis = 0; axis < place.Length; axis++)
            element = (element * array.GetLength(axis)) + place[axis];
        return element;
    }

    /// <summary>An element as a reader knows it: <c>dw[0,2]</c>.</summary>
    public static string NameOf(string name, Array array, int element) =>
        $"{name}[{string.Join(',', PlaceOf(array, element))}]";

    /// <summary>Whether two numbers are the same among numbers up to <paramref name="largest"/>.</summary>
    public static bool IsSame(double written, double expected, double largest) =>
        double.IsNaN(expected)
            ? double.IsNaN(written)
            : Math.Abs(written - expected) <= (Relative * largest) + Absolute;

    /// <summary>Whether two arrays have the same shape and the same numbers.</summary>
    public static bool AreSame(Array written, Array expected) =>
        written.Extents().SequenceEqual(expected.Extents()) && WrongElements(written, expected).Count == 0;

    /// <summary>Where two arrays of the same shape differ, in row-major order.</summary>
    public static IReadOnlyList<int> WrongElements(Array written, Array expected)
    {
        double largest = Largest(expected);
        var wrong = new List<int>();
        for (int i = 0; i < expected.Length; i++)
        {
            if (!IsSame(written.Elements()[i], expected.Elements()[i], largest))
                wrong.Add(i);
        }
        return wrong;
    }

    /// <summary>The largest magnitude.</summary>
    public static double Largest(Array array)
    {
        double largest = 0;
        foreach (double number in array.Elements())
            largest = double.IsFinite(number) ? Math.Max(largest, Math.Abs(number)) : largest;
        return largest;
    }
}
