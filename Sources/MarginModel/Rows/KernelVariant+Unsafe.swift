import CMarginKernels

/// A compiled form of the kernels, for one level of instruction set. All give the same bits; the best one that the
/// processor can run is in use unless another is selected.
public struct KernelVariant: Hashable, Sendable, CustomStringConvertible {
    private let number: Int32

    /// Those that this processor can run, the most portable first.
    public static var available: [KernelVariant] {
        (0..<mk_variant_count()).filter { mk_variant_supported($0) != 0 }.map { KernelVariant(number: $0) }
    }

    /// The one in use.
    public static var current: KernelVariant { KernelVariant(number: mk_variant_current()) }

    /// Puts this variant to use, for the whole process.
    public func select() {
        let isSelected = mk_variant_select(number)
        precondition(isSelected != 0, "an available variant can be selected")
    }

    /// For example `x86-64-v4`.
    public var description: String {
        // SAFETY: the kernels return a constant, terminated string for every number.
        unsafe mk_variant_name(number).map { unsafe String(cString: $0) } ?? ""
    }
}
