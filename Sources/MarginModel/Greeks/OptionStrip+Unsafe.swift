import CMarginKernels
import MarginDomain

extension OptionStrip {
    /// Values every option.
    public mutating func revalue() {
        let (count, stride, isInverse) = (count, capacity, settlement == .inverse)
        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
            guard let start = numbers.baseAddress else { return }
            // SAFETY: every column has `capacity` numbers, of which the kernel reads or writes the first `count`, which are
            // no more; columns do not overlap; the kernel keeps no pointer.
            func column(_ column: Column) -> UnsafeMutablePointer<Double> { unsafe start + column.rawValue * stride }
            var options = unsafe mk_greek_options(
                spot: column(.spot), forward: column(.forward), strike: column(.strike),
                volatility: column(.volatility), years: column(.years), rate: column(.rate), sign: column(.sign))
            var results = unsafe mk_greek_results(
                value: column(.value), delta: column(.delta), gamma: column(.gamma), vega: column(.vega),
                theta: column(.theta), rho: column(.rho), vanna: column(.vanna), volga: column(.volga))
            unsafe mk_greeks(&options, isInverse ? 1 : 0, Int64(count), &results)
        }
    }
}
