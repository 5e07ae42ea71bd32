using System.Globalization;
using System.Reflection;

namespace GalaxyNet.Kernels;

/// <summary>A kernel's method under another name, which ILGPU looks its entry up by.</summary>
internal sealed class NamedKernelMethod(MethodInfo method, string name) : MethodInfo
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override MethodAttributes Attributes => method.Attributes;

    /// <inheritdoc/>
    public override Type? DeclaringType => method.DeclaringType;

    /// <inheritdoc/>
    public override RuntimeMethodHandle MethodHandle => method.MethodHandle;

    /// <inheritdoc/>
    public override Type? ReflectedType => method.ReflectedType;

    /// <inheritdoc/>
    public override ICustomAttributeProvider ReturnTypeCustomAttributes => method.ReturnTypeCustomAttributes;

    /// <inheritdoc/>
    public override MethodInfo GetBaseDefinition() => method.GetBaseDefinition();

    /// <inheritdoc/>
    public override object[] GetCustomAttributes(bool inherit) => method.GetCustomAttributes(inherit);

    /// <inheritdoc/>
    public override object[] GetCustomAttributes(Type attributeType, bool inherit) =>
        method.GetCustomAttributes(attributeType, inherit);

    /// <inheritdoc/>
    public override MethodImplAttributes GetMethodImplementationFlags() => method.GetMethodImplementationFlags();

    /// <inheritdoc/>
    public override ParameterInfo[] GetParameters() => method.GetParameters();

    /// <inheritdoc/>
    public override object? Invoke(
        object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
        method.Invoke(obj, invokeAttr, binder, parameters, culture);

    /// <inheritdoc/>
    public override bool IsDefined(Type attributeType, bool inherit) => method.IsDefined(attributeType, inherit);
}
